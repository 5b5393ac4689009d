package io.thaw.rocket;

import chipsalliance.rocketchip.config.Config;
import freechips.rocketchip.subsystem.WithExtMemSize;
import freechips.rocketchip.subsystem.WithNoSlavePort;
import freechips.rocketchip.subsystem.WithoutTLMonitors;
import freechips.rocketchip.system.DefaultConfig;

/**
 * The system that is simulated: one Rocket core with its default caches and 1 GiB of RAM, without
 * the checkers of the on-chip bus and without the port for other masters. Compiled against the
 * generator's jars when the model is built; the generator makes an instance of it by its name.
 */
public final class Soc extends Config {

  private static final long RAM_BYTES = 1L << 30;

  public Soc() {
    super(
        new WithoutTLMonitors()
            .$plus$plus(
                new WithExtMemSize(RAM_BYTES)
                    .$plus$plus(new WithNoSlavePort().$plus$plus(new DefaultConfig()))));
  }
}
