package org.fondaco.chain.console;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.Undefined;

/**
 * Values as geth's console shows them: sorted members without quotes, first values and then
 * functions, strings in double quotes, amounts as numbers, three levels deep.
 */
final class Pretty {
  private static final int LEVELS_MAX = 3;
  private static final String NUMBER = "31";
  private static final String STRING = "32";
  private static final String SPECIAL = "1";
  private static final String FUNCTION = "35";
  private static final String ERROR = "91";

  private final Context cx;
  private final boolean colours;
  private final StringBuilder out = new StringBuilder();

  Pretty(Context cx, boolean colours) {
    this.cx = cx;
    this.colours = colours;
  }

  String show(Object value) {
    print(value, 0, false);
    return out.toString();
  }

  private void print(Object value, int level, boolean inArray) {
    switch (value) {
      case null -> paint(SPECIAL, "null");
      case Boolean flag -> paint(SPECIAL, flag.toString());
      case CharSequence text -> paint(STRING, quoted(text));
      case BigInteger integer -> paint(NUMBER, integer.toString());
      case Number number -> paint(NUMBER, Context.toString(number));
      case BigNumber number -> paint(NUMBER, Decimals.text(number.value));
      case Symbol symbol -> paint(SPECIAL, symbol.toString());
      case Function function -> paint(FUNCTION, signature(function));
      case NativeArray array -> array(array, level);
      case Scriptable object -> object(object, level, inArray);
      default -> paint(SPECIAL, Undefined.isUndefined(value) ? "undefined" : value.toString());
    }
  }

  private void array(NativeArray array, int level) {
    long length = array.getLength();
    if (length == 0) {
      out.append("[]");
      return;
    }
    if (level > LEVELS_MAX) {
      out.append("[...]");
      return;
    }
    out.append('[');
    for (int i = 0; i < length; i++) {
      if (i > 0) {
        out.append(", ");
      }
      print(member(array, i), level + 1, true);
    }
    out.append(']');
  }

  private void object(Scriptable object, int level, boolean inArray) {
    String name = object.getClassName();
    if (name.equals("Error")) {
      paint(ERROR, Context.toString(object));
      return;
    }
    if (Set.of("Date", "RegExp", "String", "Number", "Boolean").contains(name)) {
      paint(STRING, Context.toString(object));
      return;
    }
    List<String> names = new ArrayList<>(new TreeSet<>(names(object)));
    if (names.isEmpty()) {
      out.append("{}");
      return;
    }
    if (level > LEVELS_MAX) {
      out.append("{...}");
      return;
    }
    out.append("{\n");
    List<String> functions = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (String each : names) {
      (Completions.isFunction(object, each) ? functions : entries).add(each);
    }
    entries.addAll(functions);
    for (int i = 0; i < entries.size(); i++) {
      out.append("  ".repeat(level + 1)).append(entries.get(i)).append(": ");
      print(member(object, entries.get(i)), level + 1, false);
      out.append(i < entries.size() - 1 ? ",\n" : "\n");
    }
    // An element's bracket stands below its array's.
    out.append("  ".repeat(inArray ? level - 1 : level)).append('}');
  }

  /** Its own visible members, and those of prototypes that are not the language's. */
  private static Set<String> names(Scriptable object) {
    Set<String> names = new TreeSet<>();
    for (Scriptable at = object; at != null; at = at.getPrototype()) {
      if (at != object && at.getPrototype() == null) {
        break;
      }
      for (Object id : at.getIds()) {
        String name = id.toString();
        if (!name.startsWith("_") && !name.equals("constructor")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** A member's value; a getter's error in angle brackets, so that the others are still shown. */
  private Object member(Scriptable object, Object key) {
    try {
      return key instanceof Integer index
          ? ScriptableObject.getProperty(object, index)
          : ScriptableObject.getProperty(object, key.toString());
    } catch (RhinoException e) {
      return cx.newObject(
          ScriptableObject.getTopLevelScope(object),
          "Error",
          new Object[] {e.details().replaceFirst("^Error: ", "")});
    }
  }

  private String signature(Function function) {
    String source = function instanceof BaseFunction base ? cx.decompileFunction(base, 0) : "";
    int open = source.indexOf('(');
    int close = source.indexOf(')', open + 1);
    String parameters = open < 0 || close < 0 ? "" : source.substring(open + 1, close).strip();
    return "function(" + parameters + ")";
  }

  private void paint(String colour, String text) {
    if (colours) {
      out.append("\u001b[").append(colour).append('m').append(text).append("\u001b[0m");
    } else {
      out.append(text);
    }
  }

  /** As JSON writes it, which also keeps a node from sending escape sequences to the terminal. */
  private static String quoted(CharSequence text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }
}
