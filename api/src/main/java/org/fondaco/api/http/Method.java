package org.fondaco.api.http;

/** HTTP methods in use. */
public enum Method {
  GET,
  POST,
  PUT,
  DELETE;

  /** GET takes its parameters from the query string only. */
  public boolean hasBody() {
    return this != GET;
  }
}
