package org.fondaco.bench.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row, as it is written to {@code bench/results/NAME.json}.
 *
 * @param name of the row
 * @param what is measured, in a sentence
 * @param peerIs what it is compared with, in a sentence
 * @param ours median of our samples
 * @param peer median of the peer's samples, null when there is no peer
 * @param unit of both
 * @param ratio ours to peer (throughput) or as the target says; null without a peer
 * @param target of BENCHMARKS.md, in words
 * @param met whether the target was met
 * @param machine it ran on
 * @param commit of the source
 * @param jvmFlags of our JVM and, after a bar, of the peer's
 * @param samples all samples, by contender and kind
 * @param checks what the row verified about its own run
 * @param notes what a reader must know to judge the figure
 */
public record Result(
    String name,
    String what,
    String peerIs,
    double ours,
    @Nullable Double peer,
    String unit,
    @Nullable Double ratio,
    String target,
    boolean met,
    Machine machine,
    String commit,
    String jvmFlags,
    Map<String, List<Double>> samples,
    List<String> checks,
    List<String> notes) {}
