package org.fondaco.api.demo;

import java.util.Locale;
import java.util.Set;
import org.fondaco.api.security.Permission;
import org.fondaco.api.security.Role;

/** Who a demo venue has. Append only: the accounts are part of the numbered commands. */
enum DemoUser {
  ALICE(Role.TRADER, 1_000, 1),
  BOB(Role.TRADER, 1_001, 1),
  CAROL(Role.TRADER, 1_002, 1),
  DEALER(Role.DEALER, 1_003, 10),
  ADMINISTRATOR(Role.ADMINISTRATOR, 1_004, 0),
  AUDITOR(Role.AUDITOR, 1_005, 0),
  /** Owns the simulator's two accounts; the key is for the one that quotes. */
  MAKER(Role.TRADER, 1_006, 50),
  /** Lifting a kill needs two administrators. */
  DEPUTY(Role.ADMINISTRATOR, 1_008, 0),
  OPERATOR(Role.OPERATOR, 1_009, 0);

  /** The simulator's second account, which takes; the house's position is that of both together. */
  static final long TAKER_ACCOUNT = 1_007;

  private final Role role;
  private final long account;
  private final int fundsFactor;

  DemoUser(Role role, long account, int fundsFactor) {
    this.role = role;
    this.account = account;
    this.fundsFactor = fundsFactor;
  }

  /** Lower case, as one signs in. */
  String userName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String email() {
    return userName() + "@demo.example";
  }

  Role role() {
    return role;
  }

  /** The engine's account id. */
  long account() {
    return account;
  }

  /** Multiple of an ordinary trader's funds, 0 = no funds and no trading. */
  int fundsFactor() {
    return fundsFactor;
  }

  Set<Permission> permissions() {
    return switch (role) {
      case TRADER, DEALER -> Set.of(Permission.USER_DATA, Permission.TRADE, Permission.WITHDRAW);
      case OPERATOR, ADMINISTRATOR -> Set.of(Permission.USER_DATA, Permission.ADMINISTER);
      case AUDITOR -> Set.of(Permission.USER_DATA);
    };
  }
}
