package io.thaw.app.cli;

import io.thaw.linker.plan.ToolVersion;
import picocli.CommandLine.IVersionProvider;

/** The version as images' manifests have it. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"thaw " + ToolVersion.current()};
  }
}
