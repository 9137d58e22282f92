package org.fondaco.chain.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.abi.AbiJson;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hex;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.LambdaFunction;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What our bindings may ask of Java. Only text, numbers and functions go in and out, so no Java
 * object ever reaches a script; every failure becomes a JavaScript error.
 */
final class Host {
  private static final long DELAY_MS_MIN = 1;
  private static final long DELAY_MS_MAX = Integer.MAX_VALUE;

  private final Remote remote;
  private final Screen screen;
  private final JavaScript javaScript;
  private final Map<Integer, Future<?>> timers = new HashMap<>();
  private int lastTimer;

  Host(Remote remote, Screen screen, JavaScript javaScript) {
    this.remote = remote;
    this.screen = screen;
    this.javaScript = javaScript;
  }

  /** One function a line; the names are those that the scripts of this package use. */
  Scriptable define(Context cx, ScriptableObject scope) {
    Scriptable host = cx.newObject(scope);
    put(scope, host, "request", args -> request(text(args, 0), text(args, 1)));
    put(scope, host, "raw", args -> remote.raw(json(text(args, 0))).toString());
    put(scope, host, "keccak", args -> Hex.encode(Keccak.hash256(bytes(args, 0))));
    put(scope, host, "utf8", args -> Hex.encode(text(args, 0).getBytes(StandardCharsets.UTF_8)));
    put(scope, host, "fromUtf8", args -> new String(bytes(args, 0), StandardCharsets.UTF_8));
    put(
        scope,
        host,
        "encode",
        args -> Hex.encode(AbiJson.encode(json(text(args, 0)), json(text(args, 1)))));
    put(
        scope,
        host,
        "decode",
        args -> AbiJson.decode(json(text(args, 0)), bytes(args, 1)).toString());
    put(scope, host, "ask", args -> screen.ask(text(args, 0)));
    put(scope, host, "secret", args -> screen.secret(text(args, 0)));
    put(scope, host, "print", args -> print(text(args, 0)));
    put(scope, host, "show", args -> new Pretty(current(), false).show(args[0]));
    put(scope, host, "load", args -> load(text(args, 0)));
    put(scope, host, "sleep", args -> sleep(Context.toNumber(args[0])));
    put(scope, host, "later", this::later);
    put(scope, host, "cancel", args -> cancel(args.length == 0 ? Undefined.instance : args[0]));
    return host;
  }

  private interface Body {
    Object call(Object[] args) throws IOException, RemoteException, InterruptedException;
  }

  private static void put(ScriptableObject scope, Scriptable host, String name, Body body) {
    ScriptableObject.putProperty(
        host,
        name,
        new LambdaFunction(
            scope,
            name,
            1,
            (cx, inner, self, args) -> {
              try {
                return body.call(args);
              } catch (InterruptedException e) {
                throw new Interruption();
              } catch (RemoteException e) {
                throw refused(cx, scope, e);
              } catch (IOException | IllegalArgumentException e) {
                throw ScriptRuntime.constructError("Error", String.valueOf(e.getMessage()));
              }
            }));
  }

  /** The node's error, with its code and data for scripts that look. */
  private static JavaScriptException refused(Context cx, Scriptable scope, RemoteException e) {
    Scriptable error = cx.newObject(scope, "Error", new Object[] {String.valueOf(e.getMessage())});
    ScriptableObject.putProperty(error, "code", e.code());
    if (!e.data().isMissingNode() && !e.data().isNull()) {
      String data = e.data().isString() ? e.data().stringValue() : e.data().toString();
      ScriptableObject.putProperty(error, "data", data);
    }
    return new JavaScriptException(error, Errors.BINDINGS + "host", 0);
  }

  private String request(String method, String params)
      throws IOException, RemoteException, InterruptedException {
    JsonNode result = remote.call(method, json(params));
    return result.isMissingNode() ? "null" : result.toString();
  }

  private Object print(String text) {
    screen.print(text);
    return Undefined.instance;
  }

  private Object load(String path) throws IOException {
    Path file = Path.of(path);
    if (!Files.isReadable(file)) {
      throw new IOException("there is no file " + file.toAbsolutePath());
    }
    return javaScript.load(current(), Files.readString(file), path);
  }

  /** Waits seconds, or until an interrupt. */
  private static Object sleep(double seconds) throws InterruptedException {
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException("cannot sleep " + seconds + " seconds");
    }
    boolean never = new CountDownLatch(1).await((long) (seconds * 1e6), TimeUnit.MICROSECONDS);
    return !never;
  }

  /** Arguments: a function, milliseconds, whether to repeat, and the function's arguments. */
  private Object later(Object[] args) {
    if (!(args[0] instanceof Function function)) {
      throw new IllegalArgumentException("the first argument is not a function");
    }
    double delayMs = Context.toNumber(args[1]);
    long bounded = delayMs >= DELAY_MS_MIN ? Math.min((long) delayMs, DELAY_MS_MAX) : DELAY_MS_MIN;
    Object[] rest = Arrays.copyOfRange(args, 3, args.length);
    timers.values().removeIf(Future::isDone);
    timers.put(
        ++lastTimer, javaScript.schedule(function, rest, bounded, Context.toBoolean(args[2])));
    return lastTimer;
  }

  private Object cancel(Object timer) {
    Future<?> future = timer instanceof Number number ? timers.remove(number.intValue()) : null;
    if (future != null) {
      future.cancel(false);
    }
    return Undefined.instance;
  }

  private static Context current() {
    return Context.getCurrentContext();
  }

  private static String text(Object[] args, int index) {
    return index < args.length ? Context.toString(args[index]) : "";
  }

  private static byte[] bytes(Object[] args, int index) {
    return Hex.decode(text(args, index));
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
