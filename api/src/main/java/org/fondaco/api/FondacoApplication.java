package org.fondaco.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The one process of a venue. */
@SpringBootApplication
public class FondacoApplication {

  /** Starts the venue and returns when it serves. */
  public static void main(String[] args) {
    SpringApplication.run(FondacoApplication.class, args);
  }
}
