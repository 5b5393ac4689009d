package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.changesFile;
import static io.thaw.app.record.calls.Words.writes;

/**
 * Requests of {@code ioctl}, from asm-generic/ioctls.h, linux/fs.h, linux/fiemap.h and
 * linux/sockios.h. A request that is not here is refused: what it writes depends on the driver.
 */
final class Requests {

  private static final long IFREQ_BYTES = 40;

  static final CallRule RULE = table();

  private Requests() {}

  private static CallRule table() {
    ByCode.Table table = ByCode.table("request", 1);
    terminals(table);
    files(table);
    disks(table);
    sockets(table);
    return table.build();
  }

  private static void terminals(ByCode.Table table) {
    table
        .row(0x5401, writes(2, 36)) // TCGETS: struct termios
        .nothing(0x5402, 0x5403, 0x5404) // TCSETS, TCSETSW, TCSETSF
        .row(0x5405, writes(2, 18)) // TCGETA: struct termio
        .nothing(0x5406, 0x5407, 0x5408) // TCSETA, TCSETAW, TCSETAF
        .nothing(0x5409, 0x540a, 0x540b) // TCSBRK, TCXONC, TCFLSH
        .nothing(0x540c, 0x540d, 0x540e) // TIOCEXCL, TIOCNXCL, TIOCSCTTY
        .row(0x540f, writes(2, 4)) // TIOCGPGRP
        .nothing(0x5410) // TIOCSPGRP
        .row(0x5411, writes(2, 4)) // TIOCOUTQ
        .nothing(0x5412) // TIOCSTI
        .row(0x5413, writes(2, 8)) // TIOCGWINSZ: struct winsize
        .nothing(0x5414) // TIOCSWINSZ
        .row(0x5415, writes(2, 4)) // TIOCMGET
        .nothing(0x5416, 0x5417, 0x5418) // TIOCMBIS, TIOCMBIC, TIOCMSET
        .row(0x5419, writes(2, 4)) // TIOCGSOFTCAR
        .nothing(0x541a) // TIOCSSOFTCAR
        .row(0x541b, writes(2, 4)) // FIONREAD
        .refused("a request to the console's own driver", 0x541c) // TIOCLINUX
        .nothing(0x541d) // TIOCCONS
        .row(0x541e, writes(2, 72)) // TIOCGSERIAL: struct serial_struct
        .nothing(0x541f, 0x5420) // TIOCSSERIAL, TIOCPKT
        .nothing(0x5422, 0x5423) // TIOCNOTTY, TIOCSETD
        .row(0x5424, writes(2, 4)) // TIOCGETD
        .nothing(0x5425, 0x5427, 0x5428) // TCSBRKP, TIOCSBRK, TIOCCBRK
        .row(0x5429, writes(2, 4)) // TIOCGSID
        .row(0x802c542aL, writes(2, 44)) // TCGETS2: struct termios2
        .nothing(0x402c542bL, 0x402c542cL, 0x402c542dL) // TCSETS2, TCSETSW2, TCSETSF2
        .row(0x80045430L, writes(2, 4)) // TIOCGPTN
        .nothing(0x40045431L) // TIOCSPTLCK
        .row(0x80045432L, writes(2, 4)) // TIOCGDEV
        .nothing(0x40045436L, 0x5437) // TIOCSIG, TIOCVHANGUP
        .row(0x80045438L, writes(2, 4)) // TIOCGPKT
        .row(0x80045439L, writes(2, 4)) // TIOCGPTLCK
        .row(0x80045440L, writes(2, 4)) // TIOCGEXCL
        .nothing(0x5441) // TIOCGPTPEER
        .nothing(0x545c) // TIOCMIWAIT
        .row(0x545d, writes(2, 80)); // TIOCGICOUNT: struct serial_icounter_struct
  }

  private static void files(ByCode.Table table) {
    table
        .nothing(0x5421, 0x5450, 0x5451, 0x5452) // FIONBIO, FIONCLEX, FIOCLEX, FIOASYNC
        .row(0x5460, writes(2, 8)) // FIOQSIZE
        .row(0x1, writes(2, 4)) // FIBMAP
        .row(0x2, writes(2, 4)) // FIGETBSZ
        .row(0x40049409L, changesFile(0)) // FICLONE
        .row(0x4020940dL, changesFile(0)) // FICLONERANGE
        .row(0xc0189436L, Requests::comparison) // FIDEDUPERANGE
        .row(0xc020660bL, Requests::extents) // FS_IOC_FIEMAP
        .row(0x80086601L, writes(2, 8)) // FS_IOC_GETFLAGS
        .nothing(0x40086602L) // FS_IOC_SETFLAGS
        .row(0x80087601L, writes(2, 8)) // FS_IOC_GETVERSION
        .nothing(0x40087602L) // FS_IOC_SETVERSION
        .row(0x801c581fL, writes(2, 28)) // FS_IOC_FSGETXATTR: struct fsxattr
        .nothing(0x401c5820L) // FS_IOC_FSSETXATTR
        .row(0x81009431L, writes(2, 256)) // FS_IOC_GETFSLABEL
        .row(0x80045200L, writes(2, 4)) // RNDGETENTCNT
        .row(0x80088a02L, writes(2, 8)) // EPIOCGPARAMS: struct epoll_params
        .nothing(0x40088a01L) // EPIOCSPARAMS
        .nothing(0x40085400L, 0x40044900L); // TFD_IOC_SET_TICKS, INOTIFY_IOC_SETNEXTWD
  }

  private static void disks(ByCode.Table table) {
    table
        .row(0x125e, writes(2, 4)) // BLKROGET
        .row(0x1260, writes(2, 8)) // BLKGETSIZE
        .row(0x1263, writes(2, 8)) // BLKRAGET
        .row(0x1268, writes(2, 4)) // BLKSSZGET
        .row(0x1278, writes(2, 4)) // BLKIOMIN
        .row(0x1279, writes(2, 4)) // BLKIOOPT
        .row(0x127a, writes(2, 4)) // BLKALIGNOFF
        .row(0x127b, writes(2, 4)) // BLKPBSZGET
        .row(0x127e, writes(2, 4)) // BLKROTATIONAL: an unsigned short
        .row(0x80081270L, writes(2, 8)) // BLKBSZGET
        .row(0x80081272L, writes(2, 8)); // BLKGETSIZE64
  }

  private static void sockets(ByCode.Table table) {
    table
        .nothing(0x8901, 0x8902) // FIOSETOWN, SIOCSPGRP
        .row(0x8903, writes(2, 4)) // FIOGETOWN
        .row(0x8904, writes(2, 4)) // SIOCGPGRP
        .row(0x8905, writes(2, 4)) // SIOCATMARK
        .row(0x8906, writes(2, 16)) // SIOCGSTAMP
        .row(0x8907, writes(2, 16)) // SIOCGSTAMPNS
        .row(0x8912, Requests::interfaces) // SIOCGIFCONF
        .row(0x8910, writes(2, IFREQ_BYTES)) // SIOCGIFNAME
        .row(0x8913, writes(2, IFREQ_BYTES)) // SIOCGIFFLAGS
        .row(0x8915, writes(2, IFREQ_BYTES)) // SIOCGIFADDR
        .row(0x8917, writes(2, IFREQ_BYTES)) // SIOCGIFDSTADDR
        .row(0x8919, writes(2, IFREQ_BYTES)) // SIOCGIFBRDADDR
        .row(0x891b, writes(2, IFREQ_BYTES)) // SIOCGIFNETMASK
        .row(0x891d, writes(2, IFREQ_BYTES)) // SIOCGIFMETRIC
        .row(0x8921, writes(2, IFREQ_BYTES)) // SIOCGIFMTU
        .row(0x8927, writes(2, IFREQ_BYTES)) // SIOCGIFHWADDR
        .row(0x8933, writes(2, IFREQ_BYTES)) // SIOCGIFINDEX
        .row(0x8942, writes(2, IFREQ_BYTES)) // SIOCGIFTXQLEN
        .row(0x8970, writes(2, IFREQ_BYTES)); // SIOCGIFMAP
  }

  /** {@code struct file_dedupe_range}: a head of 24 bytes, its answers for each destination. */
  private static void comparison(CallView call, EffectSink sink) {
    long head = call.argument(2);
    long destinations = call.readInt(head + 16) & 0xffff;
    Words.written(sink, head, 24 + destinations * 32);
  }

  /** {@code struct fiemap}: a head of 32 bytes, room for as many extents as the program says. */
  private static void extents(CallView call, EffectSink sink) {
    long head = call.argument(2);
    long room = Integer.toUnsignedLong(call.readInt(head + 24));
    Words.written(sink, head, Outcome.bounded(32 + room * 56));
  }

  /** {@code struct ifconf}: a length, which is set, and a pointer to as many bytes. */
  private static void interfaces(CallView call, EffectSink sink) {
    long head = call.argument(2);
    long bytes = Integer.toUnsignedLong(call.readInt(head));
    Words.written(sink, head, 16);
    Words.written(sink, call.readWord(head + 8), Outcome.bounded(bytes));
  }
}
