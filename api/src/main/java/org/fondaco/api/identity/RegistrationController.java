package org.fondaco.api.identity;

import static org.fondaco.db.schema.Tables.ACCOUNTS;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.fondaco.api.error.Problem;
import org.fondaco.api.error.RequestErrors;
import org.fondaco.api.http.Admission;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.security.Role;
import org.fondaco.api.venue.VenueStep;
import org.fondaco.db.schema.Sequences;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;
import org.jooq.exception.IntegrityConstraintViolationException;

/**
 * Makes users. User, account and the command that opens the account in the engine are written in
 * one transaction; a crash after it is made good at the next start, one before it leaves nothing.
 */
final class RegistrationController {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{1,30})[a-z0-9]");
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@,;<>\"]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180})\\.[A-Za-z]{2,63}");

  /** What acts by itself in the audit log; nobody may be mistaken for it. */
  private static final Set<String> RESERVED =
      Set.of("anonymous", "demo", "engine", "fondaco", "system", "test", "venue");

  private final People people;

  RegistrationController(People people) {
    this.people = people;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.POST,
            "/v1/registration",
            People.TAG,
            "Become a user, with an account to trade on",
            Admission.anybody(),
            List.of(
                Parameter.mandatory("email", Type.STRING, "Signs in; no message is sent to it."),
                Parameter.mandatory(
                    "name",
                    Type.STRING,
                    "3 to 32 of a-z, 0-9, dot, hyphen and underscore, unique; as in the audit log."),
                Parameter.mandatory("password", Type.STRING, "12 to 128 characters.")),
            people.workers().action(this::register)));
  }

  private Answer register(Call call) {
    if (!people.settings().registration()) {
      throw Problem.CLOSED.exception();
    }
    Parameters sent = call.parameters();
    String email = sent.mandatoryText("email");
    String name = sent.mandatoryText("name");
    String password = sent.mandatoryText("password");
    if (!EMAIL.matcher(email).matches()) {
      throw RequestErrors.invalidData("email");
    }
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      throw RequestErrors.invalidData("name");
    }
    PasswordPolicy.check("password", password, name, email.substring(0, email.indexOf('@')), email);
    people
        .attempts()
        .take("registration " + email.toLowerCase(Locale.ROOT), call.visit().address());
    User user = make(name, email, people.passwords().hash(password));
    return new Answer(
        201, UserJson.fields(new JsonWriter(192).beginObject(), user).endObject(), null);
  }

  private User make(String name, String email, String passwordHash) {
    long[] userId = new long[1];
    try {
      RejectReason reason =
          people
              .control()
              .execute(
                  name,
                  (VenueStep)
                      transaction -> {
                        userId[0] =
                            Users.insert(transaction, name, email, passwordHash, Role.TRADER);
                        long account = freeAccount(transaction, people.readModel());
                        Users.own(transaction, userId[0], account, "");
                        SecurityAudit.note(transaction, name, "user.registered");
                        return new Command.SetAccount(account, true, 0, -1, 0);
                      });
      if (reason != RejectReason.NONE) {
        throw new IllegalStateException("the engine refused a new account: " + reason);
      }
    } catch (IntegrityConstraintViolationException e) {
      throw Problem.TAKEN.exception();
    }
    return people.users().reload(userId[0]).orElseThrow();
  }

  /** The next number that neither the engine nor the database knows. */
  private static long freeAccount(DSLContext transaction, ReadModel engine) {
    while (true) {
      long account = transaction.nextval(Sequences.ACCOUNT_NUMBERS);
      if (engine.account(account).isEmpty()
          && !transaction.fetchExists(ACCOUNTS, ACCOUNTS.ACCOUNT_ID.eq(account))) {
        return account;
      }
    }
  }
}
