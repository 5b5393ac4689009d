package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What an image is linked for.
 *
 * @param name how users call it
 * @param architecture its instruction set
 * @param ram RAM that survives from loading to entry, in ascending order; the image begins in the
 *     first range
 * @param entryPaddr where the processor's first instruction of the image has to be; empty if the
 *     simulator takes that from the image
 * @param processor what state it holds
 * @param console where output of the program goes
 * @param report where the verdict goes
 * @param hooks how the simulator is told of the region and of the end
 * @param hookDevicePaddrs of devices in memory that code of hooks uses
 */
public record Platform(
    String name,
    Architecture architecture,
    List<RamRange> ram,
    OptionalLong entryPaddr,
    Processor processor,
    Device console,
    Device report,
    Hooks hooks,
    Set<Long> hookDevicePaddrs) {

  public Platform {
    Objects.requireNonNull(name);
    Objects.requireNonNull(architecture);
    ram = List.copyOf(ram);
    Objects.requireNonNull(entryPaddr);
    Objects.requireNonNull(processor);
    Objects.requireNonNull(console);
    Objects.requireNonNull(report);
    Objects.requireNonNull(hooks);
    hookDevicePaddrs = Set.copyOf(hookDevicePaddrs);
    if (ram.isEmpty()) {
      throw new IllegalArgumentException("no RAM");
    }
  }

  /** Size of all RAM ranges together. */
  public long ramSizeBytes() {
    return ram.stream().mapToLong(RamRange::sizeBytes).sum();
  }

  /** Addresses of the devices that are in memory. */
  public LongStream devicePaddrs() {
    LongStream bytes =
        Stream.of(console, report)
            .filter(device -> device.kind() == Device.Kind.STORE)
            .flatMapToLong(
                device ->
                    device.ready().mask() == 0
                        ? LongStream.of(device.address())
                        : LongStream.of(device.address(), device.ready().address()));
    LongStream stores =
        hooks
            .all()
            .filter(Hook.Store.class::isInstance)
            .mapToLong(hook -> ((Hook.Store) hook).paddr());
    LongStream others = hookDevicePaddrs.stream().mapToLong(Long::longValue);
    return LongStream.concat(LongStream.concat(bytes, stores), others);
  }
}
