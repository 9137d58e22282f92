package org.fondaco.custody.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes one value, somewhere in an answer. */
final class Garbling {
  private final Random random;

  Garbling(Random random) {
    this.random = random;
  }

  Map<String, Object> garbled(Map<String, Object> answer) {
    Map<String, Object> copy = new LinkedHashMap<>(answer);
    copy.put("result", garble(answer.get("result")));
    return copy;
  }

  private @Nullable Object garble(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object when !object.isEmpty() && random.nextInt(8) > 0 -> {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(object);
        Object name = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
        if (random.nextInt(4) == 0) {
          copy.remove(name);
        } else {
          copy.put(name, garble(copy.get(name)));
        }
        yield copy;
      }
      case List<?> list when !list.isEmpty() && random.nextInt(8) > 0 -> {
        List<@Nullable Object> copy = new ArrayList<>(list);
        int at = random.nextInt(copy.size());
        copy.set(at, garble(copy.get(at)));
        yield copy;
      }
      case null, default -> nonsense(value);
    };
  }

  private @Nullable Object nonsense(@Nullable Object value) {
    String text = String.valueOf(value);
    return switch (random.nextInt(9)) {
      case 0 -> null;
      case 1 -> -1;
      case 2 -> "";
      case 3 -> "0x";
      case 4 -> List.of();
      case 5 -> Map.of();
      case 6 -> "0x-1";
      case 7 -> text.isEmpty() ? "z" : text.substring(0, text.length() - 1) + "z";
      default -> text + text;
    };
  }
}
