package io.thaw.app.cli;

import io.thaw.app.text.FileList;
import io.thaw.app.text.Quantities;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.ImagePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/** What {@code thaw link} says of the image that it has written. */
final class LinkSummary {

  private LinkSummary() {}

  static List<String> lines(List<Path> files, ImagePlan plan) throws IOException {
    Manifest manifest = plan.manifest();
    return List.of(
        String.format("%s, for %s", FileList.describe(files), manifest.platform()),
        String.format(
            "  process %d (%s) of %s", manifest.pid(), manifest.command(), manifest.source()),
        String.format(
            "  pages: %s from the dump, %s from mapped files, %s zero, %s missing",
            sum(manifest, Manifest.Mapping::dumpPages),
            sum(manifest, Manifest.Mapping::filePages),
            sum(manifest, Manifest.Mapping::zeroPages),
            sum(manifest, Manifest.Mapping::missingPages)),
        String.format(
            "  restore path: %s; RAM up to 0x%x", manifest.restorePath(), manifest.ramEndPaddr()));
  }

  private static String sum(Manifest manifest, ToLongFunction<Manifest.Mapping> pages) {
    return Quantities.formatCount(manifest.mappings().stream().mapToLong(pages).sum());
  }
}
