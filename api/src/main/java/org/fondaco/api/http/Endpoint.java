package org.fondaco.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Parameter.Type;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API: where it is, who may call it, what it reads, what it costs.
 *
 * @param tag chapter in the OpenAPI page
 * @param weight request weight by parameters
 * @param freeOnSuccess the weight is given back when the answer is 200 (placing and cancelling)
 * @param parameters declared parameters, those of signing included where every request is signed
 * @param names of all parameters that may be sent
 * @param admission who may call it, null below {@code /api/} and the like, where the key alone
 *     decides
 */
public record Endpoint(
    Method method,
    String path,
    String tag,
    String summary,
    Access access,
    ToIntFunction<Parameters> weight,
    boolean freeOnSuccess,
    List<Parameter> parameters,
    Set<String> names,
    @Nullable Admission admission,
    Action action) {

  public Endpoint {
    if (Routes.isOwn(path) == (admission == null)) {
      throw new IllegalArgumentException("who may call it is not declared: " + method + " " + path);
    }
  }

  /** What an endpoint does; must not block, and must not throw once it has submitted a command. */
  @FunctionalInterface
  public interface Action {
    CompletableFuture<Answer> call(Call call);
  }

  private static final List<Parameter> SIGNING =
      List.of(
          Parameter.optional(
              "recvWindow",
              Type.DECIMAL,
              "Milliseconds the request is valid for, at most 60000, up to three decimals. Default"
                  + " 5000."),
          Parameter.mandatory(
              "timestamp", Type.LONG, "When the request was made, milliseconds or microseconds."),
          Parameter.mandatory(
              "signature",
              Type.STRING,
              "Over query string and body as sent, without itself: HMAC-SHA256 in hexadecimal, or"
                  + " RSA or Ed25519 in base64, percent-encoded."));

  /** An endpoint of fixed weight. */
  public static Endpoint of(
      Method method,
      String path,
      String tag,
      String summary,
      Access access,
      int weight,
      List<Parameter> parameters,
      Action action) {
    return of(method, path, tag, summary, access, _ -> weight, parameters, action);
  }

  /** An endpoint whose weight depends on its parameters. */
  public static Endpoint of(
      Method method,
      String path,
      String tag,
      String summary,
      Access access,
      ToIntFunction<Parameters> weight,
      List<Parameter> parameters,
      Action action) {
    List<Parameter> all = new ArrayList<>(parameters);
    if (access.signed()) {
      all.addAll(SIGNING);
    }
    return new Endpoint(
        method,
        path,
        tag,
        summary,
        access,
        weight,
        false,
        List.copyOf(all),
        names(method, path, all),
        null,
        action);
  }

  /**
   * An endpoint of the venue's own REST, for sessions and, unless excluded, for signed requests.
   */
  public static Endpoint own(
      Method method,
      String path,
      String tag,
      String summary,
      Admission admission,
      List<Parameter> parameters,
      Action action) {
    List<Parameter> all = new ArrayList<>(parameters);
    if (!admission.sessionOnly()) {
      all.addAll(SIGNING);
    }
    return new Endpoint(
        method,
        path,
        tag,
        summary,
        admission.access(method),
        _ -> 1,
        false,
        List.copyOf(parameters),
        names(method, path, all),
        admission,
        action);
  }

  private static Set<String> names(Method method, String path, List<Parameter> all) {
    Set<String> names = all.stream().map(Parameter::name).collect(Collectors.toUnmodifiableSet());
    if (names.size() != all.size()) {
      throw new IllegalArgumentException("a parameter is declared twice: " + method + " " + path);
    }
    return names;
  }

  /** This endpoint, costing nothing when it succeeds. */
  public Endpoint givingWeightBack() {
    return new Endpoint(
        method, path, tag, summary, access, weight, true, parameters, names, admission, action);
  }

  /**
   * @throws org.fondaco.api.error.ApiException -1101 or -1104 when something else was sent
   */
  void refuseUnknown(Parameters sent) {
    int read = 0;
    for (int i = 0; i < sent.count(); i++) {
      if (names.contains(sent.name(i))) {
        read++;
      }
    }
    if (read != sent.count()) {
      throw sent.count() > names.size()
          ? RequestErrors.tooManyParameters(names.size(), sent.count())
          : RequestErrors.unread(read, sent.count());
    }
  }
}
