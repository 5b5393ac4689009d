package io.thaw.app.run;

/** The {@code bochsrc} of a run; keys as in Bochs 2.7, doc/docbook/user. */
final class BochsConfiguration {

  private static final long MIB = 1L << 20;

  /** The BIOS keeps its tables above the image. */
  private static final long FIRMWARE_MIB = 32;

  /** GRUB needs room to place the image. */
  private static final long LEAST_MIB = 128;

  private BochsConfiguration() {}

  static String text(RunFiles files, long ramEndPaddr) {
    long megabytes = Math.max(LEAST_MIB, (ramEndPaddr + MIB - 1) / MIB + FIRMWARE_MIB);
    return String.join(
        "\n",
        "config_interface: textconfig",
        // Debian's Bochs has no display that is none; this one waits for nobody.
        "display_library: rfb, options=\"timeout=0\"",
        "megs: " + megabytes,
        // The default processor has neither XSAVE nor AVX.
        "cpu: model=corei7_haswell_4770, ips=100000000",
        "romimage: file=$BXSHARE/BIOS-bochs-latest",
        "vgaromimage: file=$BXSHARE/VGABIOS-lgpl-latest",
        "ata0-master: type=cdrom, path=\""
            + files.folder().resolve("boot.iso")
            + "\", status=inserted",
        "boot: cdrom",
        "com1: enabled=1, mode=file, dev=" + files.console(),
        "port_e9_hack: enabled=1",
        "panic: action=fatal",
        "log: /dev/null",
        "speaker: enabled=0",
        // Without a driver its mixer ends the simulation after a while.
        "sound: waveoutdrv=dummy, waveout=none, waveindrv=dummy, wavein=none, midioutdrv=dummy,"
            + " midiout=none",
        "");
  }
}
