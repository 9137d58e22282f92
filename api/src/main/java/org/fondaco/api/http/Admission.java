package org.fondaco.api.http;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.fondaco.api.security.Role;

/**
 * Who may call an endpoint of the venue's own REST. An endpoint below {@code /v1/} or {@code
 * /admin/v1/} cannot be made without one: what nobody thought of is refused to everybody.
 *
 * @param roles who may call it; empty with {@code open} = those who have not signed in, too
 * @param sessionOnly not by API key, because a stolen key must not become more than a key
 */
public record Admission(Set<Role> roles, boolean open, boolean sessionOnly) {

  public Admission {
    if (roles.isEmpty() != open) {
      throw new IllegalArgumentException("either anybody or some roles");
    }
    roles = Collections.unmodifiableSet(roles);
  }

  /** Open to those who have not signed in; by its nature not for API keys. */
  public static Admission anybody() {
    return new Admission(EnumSet.noneOf(Role.class), true, true);
  }

  /** Every role there is: whoever has signed in. */
  public static Admission everyRole() {
    return new Admission(EnumSet.allOf(Role.class), false, false);
  }

  /** These roles and no other. */
  public static Admission of(Role first, Role... more) {
    Set<Role> roles = EnumSet.of(first);
    roles.addAll(Arrays.asList(more));
    return new Admission(roles, false, false);
  }

  /** The same, and by session only. */
  public Admission bySessionOnly() {
    return new Admission(roles, open, true);
  }

  Access access(Method method) {
    if (open) {
      return Access.PUBLIC;
    }
    if (sessionOnly) {
      return Access.SESSION;
    }
    return method == Method.GET ? Access.USER_DATA : Access.ADMINISTER;
  }
}
