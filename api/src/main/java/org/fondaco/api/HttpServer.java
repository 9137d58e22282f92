package org.fondaco.api;

import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.fondaco.api.browser.PeopleDoor;
import org.fondaco.api.http.ApiHandler;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.identity.Users;
import org.fondaco.api.openapi.ApiDocument;
import org.fondaco.api.operations.OperationsHandler;
import org.fondaco.api.session.PeopleSessions;
import org.fondaco.api.session.PublicOrigin;
import org.fondaco.api.socket.Sockets;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Spring Boot's web server with WebSockets and the API in front of the servlet context, which has
 * the OpenAPI page. Serves from the moment it is started; closing it lets running requests end
 * first.
 */
final class HttpServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private HttpServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** What the servlet context serves with. */
  record Parts(
      OperationsHandler operations,
      Sockets sockets,
      ApiHandler handler,
      Routes routes,
      Reception reception,
      Users users,
      PeopleSessions sessions,
      PublicOrigin origin) {}

  static HttpServer start(String host, int port, Parts parts) {
    SpringApplication application = new SpringApplication(Configuration.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    // The venue stops its parts in its own order.
    application.setRegisterShutdownHook(false);
    application.setLazyInitialization(true);
    application.setDefaultProperties(
        Map.of(
            "server.address", host,
            "server.port", port,
            "server.shutdown", "graceful",
            "spring.lifecycle.timeout-per-shutdown-phase", "10s",
            "server.jetty.threads.max", 64,
            "springdoc.swagger-ui.path", "/swagger-ui",
            "logging.level.org.springframework", "warn",
            "logging.level.org.eclipse.jetty", "warn",
            "logging.level.org.springdoc", "error",
            "logging.level.io.lettuce", "error"));
    application.addInitializers(context -> {
      GenericApplicationContext generic = (GenericApplicationContext) context;
      generic.registerBean(OperationsHandler.class, parts::operations);
      generic.registerBean(Sockets.class, parts::sockets);
      generic.registerBean(ApiHandler.class, parts::handler);
      generic.registerBean(Routes.class, parts::routes);
      generic.registerBean(Reception.class, parts::reception);
      generic.registerBean(Users.class, parts::users);
      generic.registerBean(PeopleSessions.class, parts::sessions);
      generic.registerBean(PublicOrigin.class, parts::origin);
    });
    try {
      return new HttpServer(application.run());
    } catch (PortInUseException e) {
      throw new StartFailed("port " + port + " on " + host + " is taken", e);
    } catch (WebServerException e) {
      throw new StartFailed("cannot serve on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** TCP port that it listens on. */
  int port() {
    var server = ((WebServerApplicationContext) context).getWebServer();
    if (server == null) {
      throw new IllegalStateException("no web server");
    }
    return server.getPort();
  }

  @Override
  public void close() {
    context.close();
  }

  /** What Spring is told beyond its own defaults. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(PeopleDoor.class)
  static class Configuration {

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> api(
        OperationsHandler operations, Sockets sockets, ApiHandler handler) {
      return factory ->
          factory.addServerCustomizers(server -> {
            Handler servlets = server.getHandler();
            handler.setHandler(servlets);
            sockets.setHandler(handler);
            operations.setHandler(sockets);
            server.setHandler(operations);
          });
    }

    @Bean
    ApiDocument apiDocument(Routes routes) {
      return new ApiDocument(routes);
    }
  }
}
