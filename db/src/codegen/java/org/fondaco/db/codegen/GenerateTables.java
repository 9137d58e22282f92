package org.fondaco.db.codegen;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.fondaco.db.postgres.EmbeddedPostgres;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Build step: migrates a fresh embedded PostgreSQL and has jOOQ write Java tables from what is
 * really there. Arguments: server folder, migrations folder, output folder.
 */
public final class GenerateTables {
  private GenerateTables() {}

  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]), 0)) {
      String url = server.jdbcUrl("postgres");
      var flyway =
          Flyway.configure()
              .dataSource(url, server.user(), server.password())
              .locations("filesystem:" + args[1])
              .cleanDisabled(false)
              .load();
      flyway.clean();
      flyway.migrate();
      GenerationTool.generate(
          new Configuration()
              .withLogging(Logging.WARN)
              .withJdbc(
                  new Jdbc().withUrl(url).withUser(server.user()).withPassword(server.password()))
              .withGenerator(
                  new Generator()
                      .withDatabase(
                          new Database()
                              .withInputSchema("public")
                              .withOutputSchemaToDefault(true)
                              .withExcludes("flyway_schema_history"))
                      .withGenerate(new Generate().withDeprecated(false).withRoutines(false))
                      .withTarget(
                          new Target()
                              .withPackageName("org.fondaco.db.schema")
                              .withDirectory(args[2]))));
    }
  }
}
