package org.fondaco.api.admin;

import java.util.List;
import java.util.Optional;
import org.fondaco.api.fee.FeeTiers;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;
import org.fondaco.api.http.Parameter.Type;
import org.fondaco.api.http.Parameters;
import org.fondaco.api.identity.User;
import org.fondaco.api.number.Decimals;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.readmodel.ReadModel;

/** Accounts of the engine. */
final class AccountsController {
  private static final String NO_GROUP = "none";

  private final VenueControl control;
  private final ReadModel readModel;
  private final FeeTiers feeTiers;
  private final Desk desk;

  AccountsController(VenueControl control, ReadModel readModel, FeeTiers feeTiers, Desk desk) {
    this.control = control;
    this.readModel = readModel;
    this.feeTiers = feeTiers;
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.own(
            Method.PUT,
            "/admin/v1/accounts/{account}",
            Admin.TAG,
            "Open an account or change its options; those not sent stay",
            Admin.ADMINISTRATORS,
            List.of(
                Parameter.inPath("account", "Account id, from 1000 on."),
                Parameter.optional("tradingEnabled", Type.BOOLEAN, "New accounts: true."),
                Parameter.optional(
                    "feeTier", Type.INT, "0 to 15, fixed from now on; new accounts: 0."),
                Parameter.optional(
                    "tradeGroupId",
                    Type.STRING,
                    "Accounts of one group never trade with each other; none = no group."),
                Parameter.optional(
                    "clientIdWindow",
                    Type.INT,
                    "How many recently closed client ids stay refused, 0 to 1000.")),
            desk.writing(this::setAccount)));
  }

  private Answer setAccount(Call call, User person) {
    Parameters sent = call.parameters();
    long account = mandatory(sent, "account");
    Desk.require(
        control.change(
            person.name(),
            () -> {
              AccountChanged present =
                  readModel
                      .account(account)
                      .orElse(new AccountChanged(account, true, false, 0, -1, 0));
              return Optional.of(
                  new Command.SetAccount(
                      account,
                      sent.flag("tradingEnabled", present.tradingEnabled()),
                      sent.wholeInt("feeTier", present.feeTier()),
                      group(sent, present.tradeGroupId()),
                      sent.wholeInt("clientIdWindow", present.clientIdWindow())));
            }));
    if (sent.has("feeTier")) {
      // A tier that somebody set stays: no recomputation undoes it.
      Desk.require(feeTiers.override(person.name(), account, sent.wholeInt("feeTier", 0)));
    }
    return Answer.ok(StateJson.account(readModel.account(account).orElseThrow()));
  }

  private static long group(Parameters sent, long present) {
    String text = sent.text("tradeGroupId");
    if (text == null) {
      return present;
    }
    return text.equals(NO_GROUP) ? -1 : Decimals.whole("tradeGroupId", text);
  }

  private static long mandatory(Parameters sent, String name) {
    sent.mandatoryText(name);
    return sent.whole(name, 0);
  }
}
