package org.fondaco.chain.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Completes {@code a.b.c} by asking the live objects. */
final class Completions {
  private final ScriptableObject global;

  Completions(ScriptableObject global) {
    this.global = global;
  }

  /** Where the expression that ends a line begins. */
  static int start(String line) {
    int start = line.length();
    while (start > 0
        && (Character.isJavaIdentifierPart(line.charAt(start - 1))
            || line.charAt(start - 1) == '.')) {
      start--;
    }
    return start;
  }

  /** Whole expressions that begin as {@code typed} does; a function's ends with its bracket. */
  List<String> of(String typed) {
    int dot = typed.lastIndexOf('.');
    String path = typed.substring(0, dot + 1);
    Object at = global;
    for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
      at = at instanceof Scriptable object ? ScriptableObject.getProperty(object, name) : at;
      if (at instanceof String text) {
        at = Context.toObject(text, global);
      }
    }
    if (!(at instanceof Scriptable object) || at == Scriptable.NOT_FOUND) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (String name : names(object)) {
      if (name.startsWith(typed.substring(dot + 1))) {
        found.add(path + name + (isFunction(object, name) ? "(" : ""));
      }
    }
    return found;
  }

  private Set<String> names(Scriptable object) {
    Scriptable root = ScriptableObject.getObjectPrototype(global);
    Set<String> names = new TreeSet<>();
    for (Scriptable at = object; at != null && at != root; at = at.getPrototype()) {
      Object[] ids = at instanceof ScriptableObject known ? known.getAllIds() : at.getIds();
      for (Object id : ids) {
        if (id instanceof String name && isWord(name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static boolean isWord(String name) {
    return !name.isEmpty()
        && !name.startsWith("_")
        && !name.equals("constructor")
        && Character.isJavaIdentifierStart(name.charAt(0))
        && name.chars().allMatch(Character::isJavaIdentifierPart);
  }

  /** Whether a member is a function. A getter may be a call to the node, and is left alone. */
  static boolean isFunction(Scriptable object, String name) {
    for (Scriptable at = object; at != null; at = at.getPrototype()) {
      if (at.has(name, at)) {
        boolean getter =
            at instanceof ScriptableObject known
                && known.getGetterOrSetter(name, 0, known, false) instanceof Function;
        return !getter && at.get(name, at) instanceof Function;
      }
    }
    return false;
  }
}
