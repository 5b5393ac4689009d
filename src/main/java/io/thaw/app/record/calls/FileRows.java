package io.thaw.app.record.calls;

import static io.thaw.app.record.calls.Words.changesFile;
import static io.thaw.app.record.calls.Words.writes;
import static io.thaw.app.record.calls.Words.writesBuffer;
import static io.thaw.app.record.calls.Words.writesPair;
import static io.thaw.app.record.calls.Words.writesResult;

/**
 * Calls about files, directories and mounts, but for their bytes. Structures are those of Linux.
 */
final class FileRows {

  /** {@code struct stat}: 144 bytes on x86-64, 128 on AArch64. */
  private static final long STAT_BYTES = 144;

  private static final long STATX_BYTES = 256;
  private static final long STATFS_BYTES = 120;
  private static final long USTAT_BYTES = 32;
  private static final long CACHESTAT_BYTES = 40;

  /** More than any name of a file system type has. */
  private static final long TYPE_NAME_BYTES = 256;

  /** More than the longest of quotactl's structures, {@code fs_quota_statv}. */
  private static final long QUOTA_BYTES = 256;

  /** {@code struct file_handle} without its bytes, and the most that these are. */
  private static final long HANDLE_HEAD_BYTES = 8;

  private static final long HANDLE_MOST_BYTES = 128;

  private static final long MOUNT_ID_BYTES = 8;
  private static final long LSM_MOST_BYTES = 1 << 16;
  private static final long O_TRUNC = 0x200;

  private FileRows() {}

  static void add(Rows rows) {
    rows.row("open", truncates(1));
    rows.row("openat", truncates(2));
    rows.row("creat", opened());
    rows.row("openat2", FileRows::openedByStructure);
    rows.row("ftruncate fallocate", changesFile(0));
    rows.nothing(
        """
        close close_range dup dup2 dup3 lseek flock fsync fdatasync sync syncfs sync_file_range
        fadvise64 readahead truncate umask chdir fchdir chroot access faccessat faccessat2
        rename renameat renameat2 mkdir mkdirat rmdir link linkat unlink unlinkat symlink symlinkat
        mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat
        utime utimes futimesat utimensat setxattr lsetxattr fsetxattr setxattrat
        removexattr lremovexattr fremovexattr removexattrat file_setattr
        memfd_create epoll_create epoll_create1 epoll_ctl eventfd eventfd2
        inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init fanotify_mark
        signalfd signalfd4 timerfd_create open_by_handle_at
        mount umount2 pivot_root open_tree open_tree_attr move_mount fsopen fsconfig fsmount fspick
        mount_setattr swapon swapoff acct vhangup
        """);

    rows.row("stat lstat fstat", writes(1, STAT_BYTES));
    rows.row("newfstatat", writes(2, STAT_BYTES));
    rows.row("statx", writes(4, STATX_BYTES));
    rows.row("statfs fstatfs", writes(1, STATFS_BYTES));
    rows.row("ustat", writes(1, USTAT_BYTES));
    rows.row("cachestat", writes(2, CACHESTAT_BYTES));
    rows.row("sysfs", writes(2, TYPE_NAME_BYTES));
    rows.row("quotactl quotactl_fd", writes(3, QUOTA_BYTES));
    rows.row("statmount", writesBuffer(1, 2));
    rows.row("listmount", writesResult(1, 2, Long.BYTES));
    rows.row("file_getattr", writesBuffer(2, 3));
    rows.row("name_to_handle_at", FileRows::handle, writes(3, MOUNT_ID_BYTES));

    rows.row("readlink", writesResult(1, 2, 1));
    rows.row("readlinkat", writesResult(2, 3, 1));
    rows.row("getcwd", writesResult(0, 1, 1));
    rows.row("getdents getdents64", writesResult(1, 2, 1));
    rows.row("getxattr lgetxattr fgetxattr", writesResult(2, 3, 1));
    rows.row("getxattrat", FileRows::attribute);
    rows.row("listxattr llistxattr flistxattr", writesResult(1, 2, 1));
    rows.row("listxattrat", writesResult(3, 4, 1));
    rows.row("lookup_dcookie", writesResult(1, 2, 1));
    rows.row("lsm_get_self_attr", writesPair(1, 2, LSM_MOST_BYTES, 1));
    rows.row("lsm_list_modules", writesPair(0, 1, LSM_MOST_BYTES, 1));
    rows.nothing("lsm_set_self_attr");
  }

  /** The file loses its bytes if the flags ask for it: it may be mapped already. */
  private static Action truncates(int flags) {
    return Words.ifBits(flags, O_TRUNC, opened());
  }

  private static Action opened() {
    return (call, sink) -> {
      if (Outcome.isSuccess(call)) {
        sink.fileChanged((int) call.result());
      }
    };
  }

  /** {@code struct open_how} begins with the flags. */
  private static void openedByStructure(CallView call, EffectSink sink) {
    if ((call.readWord(call.argument(2)) & O_TRUNC) != 0) {
      opened().report(call, sink);
    }
  }

  /** The handle's length is set even if there is no room: that is how programs learn it. */
  private static void handle(CallView call, EffectSink sink) {
    long bytes = Integer.toUnsignedLong(call.readInt(call.argument(2)));
    Words.written(sink, call.argument(2), HANDLE_HEAD_BYTES + Math.min(bytes, HANDLE_MOST_BYTES));
  }

  /** {@code struct xattr_args}: where to, and how much room there is. */
  private static void attribute(CallView call, EffectSink sink) {
    long room = Integer.toUnsignedLong(call.readInt(call.argument(4) + 8));
    Words.written(sink, call.readWord(call.argument(4)), Math.min(room, Outcome.count(call)));
  }
}
