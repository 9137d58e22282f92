package org.fondaco.api.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.fondaco.api.error.Problem;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Routes;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Adds every endpoint to springdoc's document. It reads the very declarations that requests are
 * checked against, so a parameter is listed if and only if it is accepted, and a role if and only
 * if it may call.
 */
public final class ApiDocument implements OpenApiCustomizer {
  private static final String ERROR = "Error";
  private static final String PROBLEM = "Problem";
  private static final String FORM = "application/x-www-form-urlencoded";

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
            .description(
                "The trader API is the Binance Spot API on this venue. Below /v1 and /admin/v1 is"
                    + " the venue's own REST: for people with a session, and, where it says so, for"
                    + " requests that are signed by API key as those to the trader API are; such"
                    + " requests carry timestamp, signature and perhaps recvWindow beside what is"
                    + " listed. It answers refusals with problem details [RFC 9457].")
            .license(
                new License()
                    .name("Apache-2.0")
                    .url("https://www.apache.org/licenses/LICENSE-2.0")));
    Components components =
        document.getComponents() == null ? new Components() : document.getComponents();
    Security.schemes(components);
    components.addSchemas(
        ERROR,
        new ObjectSchema()
            .addProperty("code", new IntegerSchema())
            .addProperty("msg", new StringSchema())
            .required(List.of("code", "msg")));
    components.addSchemas(PROBLEM, problem());
    document.components(components);
    Paths paths = document.getPaths() == null ? new Paths() : document.getPaths();
    for (Endpoint endpoint : routes.endpoints()) {
      PathItem item = paths.computeIfAbsent(endpoint.path(), _ -> new PathItem());
      item.operation(PathItem.HttpMethod.valueOf(endpoint.method().name()), operation(endpoint));
    }
    document.paths(paths);
  }

  private static Schema<?> problem() {
    String codes =
        Arrays.stream(Problem.values())
            .map(problem ->
                "%d (%d): %s".formatted(problem.code(), problem.status(), problem.detail()))
            .collect(Collectors.joining("\n\n"));
    return new ObjectSchema()
        .description("Problem details [RFC 9457].")
        .addProperty(
            "type", new StringSchema().description("A URN, or about:blank for Binance's codes."))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty(
            "code", new IntegerSchema().description("Binance's, or one of ours:\n\n" + codes))
        .addProperty("parameter", new StringSchema().description("The one at fault, if one is."))
        .required(List.of("type", "title", "status", "detail", "code"));
  }

  private static Operation operation(Endpoint endpoint) {
    Operation operation =
        new Operation()
            .addTagsItem(endpoint.tag())
            .summary(endpoint.summary())
            .operationId(
                endpoint.method().name() + endpoint.path().replaceAll("[{}]", "").replace('/', '_'))
            .responses(responses(endpoint));
    boolean body = endpoint.admission() != null && endpoint.method().hasBody();
    for (Parameter parameter : endpoint.parameters()) {
      if (!body || parameter.place() == Parameter.Place.PATH) {
        operation.addParametersItem(
            in(parameter.place())
                .name(parameter.name())
                .required(parameter.mandatory())
                .description(parameter.description())
                .schema(ParameterSchema.of(parameter)));
      }
    }
    if (body) {
      body(endpoint, operation);
    }
    Security.of(endpoint, operation);
    return operation;
  }

  private static void body(Endpoint endpoint, Operation operation) {
    ObjectSchema schema = new ObjectSchema();
    for (Parameter parameter : endpoint.parameters()) {
      if (parameter.place() == Parameter.Place.REQUEST) {
        schema.addProperty(
            parameter.name(), ParameterSchema.of(parameter).description(parameter.description()));
        if (parameter.mandatory()) {
          schema.addRequiredItem(parameter.name());
        }
      }
    }
    if (schema.getProperties() != null) {
      operation.requestBody(
          new RequestBody()
              .required(schema.getRequired() != null)
              .content(
                  new Content()
                      .addMediaType("application/json", new MediaType().schema(schema))
                      .addMediaType(FORM, new MediaType().schema(schema))));
    }
  }

  private static io.swagger.v3.oas.models.parameters.Parameter in(Parameter.Place place) {
    return switch (place) {
      case REQUEST -> new QueryParameter();
      case PATH -> new PathParameter();
    };
  }

  private static ApiResponses responses(Endpoint endpoint) {
    boolean problem = Routes.answersProblems(endpoint.path());
    ApiResponse refusal =
        new ApiResponse()
            .description("Refused, or outcome unknown.")
            .content(
                new Content()
                    .addMediaType(
                        problem ? "application/problem+json" : "application/json",
                        new MediaType()
                            .schema(
                                new Schema<>()
                                    .$ref("#/components/schemas/" + (problem ? PROBLEM : ERROR)))));
    return new ApiResponses()
        .addApiResponse(
            "2XX",
            new ApiResponse()
                .description(problem ? "Done." : "As Binance answers.")
                .content(
                    new Content()
                        .addMediaType("application/json", new MediaType().schema(new Schema<>()))))
        .addApiResponse("4XX", refusal)
        .addApiResponse("default", refusal);
  }
}
