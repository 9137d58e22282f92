package org.fondaco.chain.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/**
 * The scripts' world: one thread that runs what is typed, and timers in between. Scripts reach the
 * node and the screen through {@link Host}, and nothing else outside of themselves.
 */
final class JavaScript implements AutoCloseable {
  /** In this order: each adds to what the ones before have defined. */
  private static final List<String> BINDINGS =
      List.of("units", "formats", "methods", "filter", "contract", "eth", "node");

  private static final long STACK_BYTES = 64L << 20;

  private final Sandbox sandbox = new Sandbox();
  private final Screen screen;
  private final ScheduledThreadPoolExecutor loop;
  private final ScriptableObject global;
  private volatile Thread worker = Thread.currentThread();
  private volatile boolean busy;

  JavaScript(Remote remote, Screen screen) {
    this.screen = screen;
    this.loop =
        new ScheduledThreadPoolExecutor(
            1,
            task ->
                worker =
                    Thread.ofPlatform()
                        .name("console-javascript")
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .unstarted(task));
    loop.setRemoveOnCancelPolicy(true);
    this.global = within(() -> define(remote));
  }

  private ScriptableObject define(Remote remote) {
    try (Context cx = sandbox.enterContext()) {
      ScriptableObject scope = cx.initSafeStandardObjects();
      BigNumber.define(scope);
      Scriptable host = new Host(remote, screen, this).define(cx, scope);
      Scriptable shared = cx.newObject(scope);
      for (String name : BINDINGS) {
        Object script =
            cx.evaluateString(scope, resource(name), Errors.BINDINGS + name + ".js", 1, null);
        ((Function) script).call(cx, scope, scope, new Object[] {host, shared, scope});
      }
      return scope;
    }
  }

  private static String resource(String name) {
    try (InputStream in = JavaScript.class.getResourceAsStream(name + ".js")) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name + ".js");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script to its end, or until {@link #interrupt}. {@code name} is shown in errors. */
  Outcome evaluate(String script, String name) {
    return within(() -> {
      try (Context cx = sandbox.enterContext()) {
        Object value = cx.evaluateString(global, script, name, 1, null);
        return new Outcome.Value(new Pretty(cx, screen.colours()).show(value));
      } catch (RhinoException | Interruption | StackOverflowError e) {
        return new Outcome.Failed(Errors.show(e));
      }
    });
  }

  /** Runs a script within a running one, for {@code loadScript}. Errors are the caller's. */
  Object load(Context cx, String script, String name) {
    return cx.evaluateString(global, script, name, 1, null);
  }

  /** Whether {@code script} could be run: false if it ends before its brackets do. */
  boolean complete(String script) {
    try (Context cx = sandbox.enterContext()) {
      return cx.stringIsCompilableUnit(script);
    }
  }

  /** What could complete the expression {@code typed}; empty rather than an error. */
  List<String> completions(String typed) {
    return within(() -> {
      try (Context cx = sandbox.enterContext()) {
        return new Completions(global).of(typed);
      } catch (RhinoException | Interruption | StackOverflowError e) {
        return List.of();
      }
    });
  }

  /** Calls {@code function} later, and again if {@code repeat}. */
  Future<?> schedule(Function function, Object[] args, long delayMs, boolean repeat) {
    Runnable call = () -> fire(function, args);
    return repeat
        ? loop.scheduleWithFixedDelay(call, delayMs, delayMs, TimeUnit.MILLISECONDS)
        : loop.schedule(call, delayMs, TimeUnit.MILLISECONDS);
  }

  private void fire(Function function, Object[] args) {
    busy = true;
    try (Context cx = sandbox.enterContext()) {
      function.call(cx, global, global, args);
    } catch (RhinoException | Interruption | StackOverflowError e) {
      screen.print(Errors.show(e));
    } finally {
      rest();
    }
  }

  /** Ends what runs, if anything does, also while it waits for the node. */
  void interrupt() {
    if (busy) {
      worker.interrupt();
    }
  }

  private void rest() {
    busy = false;
    // An interrupt that came too late must not end the next script.
    Thread.interrupted();
  }

  private <T> T within(Callable<T> task) {
    Future<T> result =
        loop.submit(() -> {
          busy = true;
          try {
            return task.call();
          } finally {
            rest();
          }
        });
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | CancellationException e) {
      throw new Interruption();
    }
  }

  @Override
  public void close() {
    loop.shutdownNow();
  }
}
