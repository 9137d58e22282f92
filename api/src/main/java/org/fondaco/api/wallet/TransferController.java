package org.fondaco.api.wallet;

import static org.fondaco.api.http.Parameter.Type.BOOLEAN;
import static org.fondaco.api.http.Parameter.Type.DECIMAL;
import static org.fondaco.api.http.Parameter.Type.INT;
import static org.fondaco.api.http.Parameter.Type.LONG;
import static org.fondaco.api.http.Parameter.Type.STRING;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.http.Access;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.Method;
import org.fondaco.api.http.Parameter;

/**
 * Deposits and withdrawals, which come with custody. Until then each says so: an empty list would
 * claim that a deposit, once sent, would be seen.
 */
final class TransferController {
  private static final ApiError NOT_YET =
      ApiError.badRequest(
          -1020,
          "This operation is not supported. Deposits and withdrawals come with custody, which this"
              + " venue does not have yet.");

  private TransferController() {}

  static List<Endpoint> endpoints() {
    return List.of(
        notYet(
            Method.GET,
            "deposit/address",
            "Deposit address",
            Access.USER_DATA,
            10,
            List.of(
                Parameter.mandatory("coin", STRING, "For example BTC."),
                Parameter.optional("network", STRING, ""),
                Parameter.optional("amount", DECIMAL, ""))),
        notYet(
            Method.GET,
            "deposit/hisrec",
            "Deposit history",
            Access.USER_DATA,
            1,
            page(
                Parameter.optional("includeSource", BOOLEAN, ""),
                Parameter.optional("txId", STRING, ""))),
        notYet(Method.POST, "withdraw/apply", "Withdraw", Access.WITHDRAW, 1, withdrawal()),
        notYet(
            Method.GET,
            "withdraw/history",
            "Withdrawal history",
            Access.USER_DATA,
            1,
            page(
                Parameter.optional("withdrawOrderId", STRING, ""),
                Parameter.optional("idList", STRING, ""))));
  }

  private static List<Parameter> page(Parameter... own) {
    List<Parameter> all = new ArrayList<>(List.of(own));
    all.add(Parameter.optional("coin", STRING, "For example BTC."));
    all.add(Parameter.optional("status", INT, ""));
    all.add(Parameter.optional("startTime", LONG, ""));
    all.add(Parameter.optional("endTime", LONG, ""));
    all.add(Parameter.optional("offset", INT, ""));
    all.add(Parameter.optional("limit", INT, ""));
    return all;
  }

  private static List<Parameter> withdrawal() {
    return List.of(
        Parameter.mandatory("coin", STRING, "For example BTC."),
        Parameter.optional("withdrawOrderId", STRING, ""),
        Parameter.optional("network", STRING, ""),
        Parameter.mandatory("address", STRING, ""),
        Parameter.optional("addressTag", STRING, ""),
        Parameter.mandatory("amount", DECIMAL, ""),
        Parameter.optional("transactionFeeFlag", BOOLEAN, ""),
        Parameter.optional("name", STRING, ""),
        Parameter.optional("walletType", INT, ""));
  }

  private static Endpoint notYet(
      Method method,
      String path,
      String summary,
      Access access,
      int weight,
      List<Parameter> parameters) {
    return Endpoint.of(
        method,
        "/sapi/v1/capital/" + path,
        "Wallet",
        summary + "; refused until there is custody",
        access,
        weight,
        parameters,
        _ -> {
          throw NOT_YET.exception();
        });
  }
}
