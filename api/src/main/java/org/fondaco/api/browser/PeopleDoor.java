package org.fondaco.api.browser;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.fondaco.api.error.ApiException;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Reception;
import org.fondaco.api.http.Routes;
import org.fondaco.api.identity.Users;
import org.fondaco.api.session.PeopleSessions;
import org.fondaco.api.session.PublicOrigin;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.web.http.CookieHttpSessionIdResolver;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * The servlet context's part of the venue's own REST, in the order in which a request passes: the
 * session of its cookie is looked up (Spring Session), headers are set and CSRF is checked (Spring
 * Security), the servlet asks the endpoint. Who may call what is decided by the endpoint's
 * declaration, as it is for signed requests, so that there is one list and not two.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class PeopleDoor {
  private static final String[] PATHS = {"/v1/*", "/admin/v1/*"};
  private static final int FIRST = -100;

  /** Cookie with the session's id. */
  static final String SESSION_COOKIE = "fondaco-session";

  /** Cookie with the token that a script of the same origin reads and sends back as a header. */
  static final String CSRF_COOKIE = "XSRF-TOKEN";

  @Bean
  FilterRegistrationBean<Filter> peopleSessions(PeopleSessions sessions, PublicOrigin origin) {
    DefaultCookieSerializer cookie = new DefaultCookieSerializer();
    cookie.setCookieName(origin.cookie(SESSION_COOKIE));
    cookie.setCookiePath("/");
    cookie.setUseHttpOnlyCookie(true);
    cookie.setUseSecureCookie(origin.secure());
    cookie.setSameSite("Strict");
    cookie.setUseBase64Encoding(false);
    CookieHttpSessionIdResolver resolver = new CookieHttpSessionIdResolver();
    resolver.setCookieSerializer(cookie);
    SessionRepositoryFilter<?> filter = new SessionRepositoryFilter<>(sessions);
    filter.setHttpSessionIdResolver(resolver);
    return first(new Refusing(filter), FIRST);
  }

  @Bean
  FilterRegistrationBean<Filter> peopleSecurity(SecurityFilterChain chain) {
    return first(new FilterChainProxy(chain), FIRST + 1);
  }

  @Bean
  ServletRegistrationBean<PeopleServlet> peopleServlet(
      Routes routes, Reception reception, Users users, CookieCsrfTokenRepository tokens) {
    return new ServletRegistrationBean<>(
        new PeopleServlet(routes, reception, users, tokens), PATHS);
  }

  @Bean
  CookieCsrfTokenRepository csrfTokens(PublicOrigin origin) {
    CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    tokens.setCookieName(origin.cookie(CSRF_COOKIE));
    tokens.setCookieCustomizer(
        cookie -> cookie.path("/").secure(origin.secure()).sameSite("Strict"));
    return tokens;
  }

  @Bean
  SecurityFilterChain people(HttpSecurity http, CookieCsrfTokenRepository tokens) {
    return http.csrf(csrf ->
            csrf.csrfTokenRepository(tokens)
                .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler()))
        .sessionManagement(sessions -> sessions.disable())
        .securityContext(context -> context.disable())
        .requestCache(cache -> cache.disable())
        .anonymous(anonymous -> anonymous.disable())
        .logout(logout -> logout.disable())
        .formLogin(form -> form.disable())
        .httpBasic(basic -> basic.disable())
        .headers(headers ->
            headers
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                .contentSecurityPolicy(policy ->
                    policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
        .exceptionHandling(handling ->
            handling.accessDeniedHandler(
                (_, response, _) -> Problems.write(response, Answer.error(Problem.CSRF.error()))))
        .build();
  }

  private static FilterRegistrationBean<Filter> first(Filter filter, int order) {
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
    registration.setUrlPatterns(java.util.List.of(PATHS));
    registration.setOrder(order);
    return registration;
  }

  /** A refusal below, of the session store for example, is an answer. */
  private record Refusing(Filter below) implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      try {
        below.doFilter(request, response, chain);
      } catch (ApiException e) {
        Problems.write((HttpServletResponse) response, Answer.error(e.error()));
      }
    }
  }
}
