package org.fondaco.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.RejectStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PLACE|PRICE_FILTER|-1013|Filter failure: PRICE_FILTER|400",
        "PLACE|PERCENT_PRICE_BY_SIDE|-1013|Filter failure: PERCENT_PRICE_BY_SIDE|400",
        "PLACE|NOTIONAL|-1013|Filter failure: NOTIONAL|400",
        "LIST|MAX_NUM_ORDER_LISTS|-1013|Filter failure: MAX_NUM_ORDER_LISTS|400",
        "AMEND|MAX_NUM_ORDER_AMENDS|-1013|Filter failure: MAX_NUM_ORDER_AMENDS|400",
        "PLACE|UNKNOWN_SYMBOL|-1121|Invalid symbol.|400",
        "PLACE|UNSUPPORTED_COMBINATION|-1014|Unsupported order combination.|400",
        "PLACE|MARKET_CLOSED|-2010|Market is closed.|400",
        "CANCEL|UNKNOWN_ORDER|-2011|Unknown order sent.|400",
        "AMEND|UNKNOWN_ORDER|-2038|Unknown order sent.|400",
        "AMEND|AMEND_QUANTITY|-2038|Order amend (quantity increase) is not supported.|400",
        "CANCEL|CANCEL_RESTRICTED|-2011|Order was not canceled due to cancel restrictions.|400",
        "PLACE|DUPLICATE_REQUEST|-2010|Duplicate order sent.|400",
        "PLACE|INSUFFICIENT_BALANCE|-2010|Account has insufficient balance for requested action.|400",
        "PLACE|WOULD_TAKE_IMMEDIATELY|-2010|Order would immediately match and take.|400",
        "PLACE|PERMISSION_DENIED|-1002|You are not authorized to execute this request.|403",
      })
  void speaksBinance(RejectStage stage, RejectReason reason, int code, String message, int status) {
    assertThat(Rejections.of(stage, reason)).isEqualTo(new ApiError(code, message, status));
  }

  @Test
  void hasAWordForEveryReason() {
    List<RejectReason> reasons = new ArrayList<>(List.of(RejectReason.values()));
    reasons.remove(RejectReason.NONE);
    for (RejectStage stage : RejectStage.values()) {
      assertThat(reasons)
          .allSatisfy(reason -> assertThat(Rejections.of(stage, reason).message()).isNotBlank());
    }
    assertThatThrownBy(() -> Rejections.of(RejectStage.PLACE, RejectReason.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
