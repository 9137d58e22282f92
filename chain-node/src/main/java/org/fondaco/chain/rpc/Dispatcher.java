package org.fondaco.chain.rpc;

import java.io.ByteArrayOutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a message to its answer, for one door. Safe for any thread. */
final class Dispatcher {
  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final int METHOD_LENGTH_MAX = 2_048;
  private static final int TIMED_OUT = -32002;
  private static final int ANSWER_TOO_LARGE = -32003;

  private final Methods methods;
  private final @Nullable Set<String> namespaces;
  private final RpcConfig.Limits limits;

  /**
   * @param namespaces that are served; null for all
   */
  Dispatcher(Methods methods, @Nullable Set<String> namespaces, RpcConfig.Limits limits) {
    this.methods = methods;
    this.namespaces = namespaces;
    this.limits = limits;
  }

  /** The answer to what could not be read as JSON. */
  static byte[] unreadable() {
    return Json.error(null, new RpcException(RpcException.PARSE_ERROR, "parse error"));
  }

  /** The answer to a text, which is read here: in the time and on the thread of the call. */
  byte @Nullable [] answer(byte[] text, RpcMethod.Caller caller) {
    JsonNode message;
    try {
      message = Json.MAPPER.readTree(text);
    } catch (JacksonException e) {
      return unreadable();
    }
    return message.isMissingNode() ? unreadable() : answer(message, caller);
  }

  /** The answer to a message or a batch; null if there is nothing to say. */
  byte @Nullable [] answer(JsonNode message, RpcMethod.Caller caller) {
    return message.isArray() ? batch(message, caller) : single(message, caller);
  }

  private byte @Nullable [] batch(JsonNode messages, RpcMethod.Caller caller) {
    if (messages.isEmpty()) {
      return Json.error(null, invalidRequest("empty batch"));
    }
    if (messages.size() > limits.batchItemsMax()) {
      return bracketed(Json.error(firstId(messages), invalidRequest("batch too large")));
    }
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    RpcException refusal = null;
    for (JsonNode message : messages) {
      if (refusal == null && System.nanoTime() - caller.deadlineNanos() > 0) {
        refusal = new RpcException(TIMED_OUT, "request timed out");
      }
      byte[] answer = refusal == null ? single(message, caller) : refuse(message, refusal);
      if (answer != null) {
        answers.write(answers.size() == 0 ? '[' : ',');
        answers.writeBytes(answer);
      }
      if (refusal == null && answers.size() > limits.batchAnswerBytesMax()) {
        refusal = new RpcException(ANSWER_TOO_LARGE, "response too large");
      }
    }
    if (answers.size() == 0) {
      return null;
    }
    answers.write(']');
    return answers.toByteArray();
  }

  private static byte[] bracketed(byte[] answer) {
    byte[] batch = new byte[answer.length + 2];
    batch[0] = '[';
    System.arraycopy(answer, 0, batch, 1, answer.length);
    batch[batch.length - 1] = ']';
    return batch;
  }

  /** The protocol has no answer to a batch as such; geth takes the id of its first call. */
  private static @Nullable JsonNode firstId(JsonNode messages) {
    for (JsonNode message : messages) {
      if (Request.of(message) instanceof Request.Call call && call.id() != null) {
        return call.id();
      }
    }
    return null;
  }

  private static byte @Nullable [] refuse(JsonNode message, RpcException refusal) {
    return Request.of(message) instanceof Request.Call call && call.id() != null
        ? Json.error(call.id(), refusal)
        : null;
  }

  private byte @Nullable [] single(JsonNode message, RpcMethod.Caller caller) {
    return switch (Request.of(message)) {
      case Request.Ignored() -> null;
      case Request.Invalid(JsonNode id) -> Json.error(id, invalidRequest("invalid request"));
      case Request.Call(JsonNode id, String method, JsonNode params) -> {
        byte[] answer = call(id, method, params, caller);
        yield id == null ? null : answer;
      }
    };
  }

  private byte[] call(
      @Nullable JsonNode id, String name, JsonNode params, RpcMethod.Caller caller) {
    try {
      return Json.answer(id, Json.bytes(run(name, params, caller)));
    } catch (RpcException e) {
      return Json.error(id, e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "method " + name + " failed", e);
      return Json.error(id, new RpcException(RpcException.INTERNAL, "method handler crashed"));
    }
  }

  private @Nullable JsonNode run(String name, JsonNode params, RpcMethod.Caller caller)
      throws RpcException {
    if (name.length() > METHOD_LENGTH_MAX) {
      throw invalidRequest("method name too long: " + name.length() + " > " + METHOD_LENGTH_MAX);
    }
    if (name.equals("rpc_modules")) {
      return modules();
    }
    RpcMethod method = serves(name) ? methods.find(name) : null;
    if (method == null) {
      throw new RpcException(
          RpcException.METHOD_NOT_FOUND, "the method " + name + " does not exist/is not available");
    }
    if (!params.isMissingNode() && !params.isNull() && !params.isArray()) {
      throw RpcException.invalidParams("non-array args");
    }
    return method.call(new Parameters(params), caller);
  }

  private boolean serves(String name) {
    int end = name.indexOf('_');
    return end > 0 && (namespaces == null || namespaces.contains(name.substring(0, end)));
  }

  private JsonNode modules() {
    Set<String> served = new TreeSet<>(methods.namespaces());
    if (namespaces != null) {
      served.retainAll(namespaces);
    }
    served.add("rpc");
    ObjectNode versions = Json.MAPPER.createObjectNode();
    served.forEach(namespace -> versions.put(namespace, "1.0"));
    return versions;
  }

  private static RpcException invalidRequest(String message) {
    return new RpcException(RpcException.INVALID_REQUEST, message);
  }
}
