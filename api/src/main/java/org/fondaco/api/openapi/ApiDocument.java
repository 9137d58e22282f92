package org.fondaco.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Routes;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Adds every endpoint to springdoc's document. It reads the very declarations that requests are
 * checked against, so a parameter is listed if and only if it is accepted.
 */
public final class ApiDocument implements OpenApiCustomizer {
  private static final String KEY = "ApiKey";
  private static final String ERROR = "Error";
  private static final String PROBLEM = "Problem";

  private final Routes routes;

  public ApiDocument(Routes routes) {
    this.routes = routes;
  }

  @Override
  public void customise(OpenAPI document) {
    document.info(
        new Info()
            .title("Fondaco")
            .version("v3")
            .description("The trader API: the Binance Spot API on this venue."));
    Components components =
        document.getComponents() == null ? new Components() : document.getComponents();
    components.addSecuritySchemes(
        KEY,
        new SecurityScheme()
            .type(SecurityScheme.Type.APIKEY)
            .in(SecurityScheme.In.HEADER)
            .name("X-MBX-APIKEY"));
    components.addSchemas(
        ERROR,
        new ObjectSchema()
            .addProperty("code", new IntegerSchema())
            .addProperty("msg", new StringSchema()));
    components.addSchemas(
        PROBLEM,
        new ObjectSchema()
            .addProperty("type", new StringSchema())
            .addProperty("title", new StringSchema())
            .addProperty("status", new IntegerSchema())
            .addProperty("detail", new StringSchema())
            .addProperty("code", new IntegerSchema()));
    document.components(components);
    Paths paths = document.getPaths() == null ? new Paths() : document.getPaths();
    for (Endpoint endpoint : routes.endpoints()) {
      PathItem item = paths.computeIfAbsent(endpoint.path(), _ -> new PathItem());
      item.operation(PathItem.HttpMethod.valueOf(endpoint.method().name()), operation(endpoint));
    }
    document.paths(paths);
  }

  private static Operation operation(Endpoint endpoint) {
    Operation operation =
        new Operation()
            .addTagsItem(endpoint.tag())
            .summary(endpoint.summary())
            .operationId(
                endpoint.method().name() + endpoint.path().replaceAll("[{}]", "").replace('/', '_'))
            .responses(responses(endpoint));
    for (Parameter parameter : endpoint.parameters()) {
      operation.addParametersItem(
          in(parameter.place())
              .name(parameter.name())
              .required(parameter.mandatory())
              .description(parameter.description())
              .schema(schema(parameter)));
    }
    if (endpoint.access() != Access.PUBLIC) {
      operation.addSecurityItem(new SecurityRequirement().addList(KEY));
    }
    return operation;
  }

  private static io.swagger.v3.oas.models.parameters.Parameter in(Parameter.Place place) {
    return switch (place) {
      case REQUEST -> new QueryParameter();
      case PATH -> new PathParameter();
    };
  }

  private static ApiResponses responses(Endpoint endpoint) {
    boolean problem = Routes.answersProblems(endpoint.path());
    return new ApiResponses()
        .addApiResponse(
            "200", new ApiResponse().description(problem ? "Done." : "As Binance answers."))
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("Refused, or outcome unknown.")
                .content(
                    new Content()
                        .addMediaType(
                            problem ? "application/problem+json" : "application/json",
                            new MediaType()
                                .schema(
                                    new Schema<>()
                                        .$ref(
                                            "#/components/schemas/"
                                                + (problem ? PROBLEM : ERROR))))));
  }

  private static Schema<?> schema(Parameter parameter) {
    return switch (parameter.type()) {
      case STRING -> new StringSchema();
      case LONG -> new IntegerSchema().format("int64");
      case INT -> new IntegerSchema().format("int32");
      case DECIMAL -> new StringSchema().pattern("^([0-9]{1,20})(\\.[0-9]{1,20})?$");
      case SIGNED_DECIMAL -> new StringSchema().pattern("^-?([0-9]{1,20})(\\.[0-9]{1,20})?$");
      case BOOLEAN -> new BooleanSchema();
      case JSON -> new ObjectSchema();
      case ENUM -> {
        StringSchema schema = new StringSchema();
        parameter.values().forEach(schema::addEnumItem);
        yield schema;
      }
    };
  }
}
