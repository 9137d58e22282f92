package org.fondaco.api.openapi;

import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.fondaco.api.http.Parameter;

/** The schema of a parameter. */
final class ParameterSchema {
  private ParameterSchema() {}

  static Schema<?> of(Parameter parameter) {
    return switch (parameter.type()) {
      case STRING -> new StringSchema();
      case LONG -> new IntegerSchema().format("int64");
      case INT -> new IntegerSchema().format("int32");
      case DECIMAL -> new StringSchema().pattern("^([0-9]{1,20})(\\.[0-9]{1,20})?$");
      case SIGNED_DECIMAL -> new StringSchema().pattern("^-?([0-9]{1,20})(\\.[0-9]{1,20})?$");
      case BOOLEAN -> new BooleanSchema();
      case JSON -> new ObjectSchema().additionalProperties(true);
      case ENUM -> {
        StringSchema schema = new StringSchema();
        parameter.values().forEach(schema::addEnumItem);
        yield schema;
      }
    };
  }
}
