package org.fondaco.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two contenders in turn, A B A B, so that a busy neighbour hurts both. The first round warms up
 * and does not count.
 */
final class Alternation {

  /** One run; the value is a rate or a time. */
  interface Sample {
    double take() throws Exception;
  }

  private final List<Double> ours = new ArrayList<>();
  private final List<Double> peer = new ArrayList<>();

  private Alternation() {}

  static Alternation of(int warmUps, int samples, Sample ours, Sample peer) throws Exception {
    Alternation result = new Alternation();
    for (int i = -warmUps; i < samples; i++) {
      double a = ours.take();
      double b = peer.take();
      System.err.printf("  %s ours %,.0f peer %,.0f%n", i < 0 ? "warm-up" : "sample", a, b);
      if (i >= 0) {
        result.ours.add(a);
        result.peer.add(b);
      }
    }
    return result;
  }

  double ours() {
    return median(ours);
  }

  double peer() {
    return median(peer);
  }

  double ratio() {
    return ours() / peer();
  }

  Map<String, List<Double>> samples() {
    Map<String, List<Double>> samples = new LinkedHashMap<>();
    samples.put("ours", ours);
    samples.put("peer", peer);
    return samples;
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
