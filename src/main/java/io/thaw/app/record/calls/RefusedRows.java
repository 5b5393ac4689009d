package io.thaw.app.record.calls;

/** Calls that no recording can contain, and those that the kernel does not have any more. */
final class RefusedRows {

  private RefusedRows() {}

  static void add(Rows rows) {
    rows.refused(
        "io_uring_setup io_uring_enter io_uring_register",
        "the kernel writes rings in shared memory at any time");
    rows.refused(
        "io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents",
        "the kernel writes memory after the call has returned");
    rows.refused("userfaultfd", "others decide what a page holds");
    rows.refused("perf_event_open", "its counters would count something else in a replay");
    rows.refused("bpf", "a program in the kernel writes maps at any time");
    rows.refused("ptrace", "a process that traces others, or wants to be traced");
    rows.refused("seccomp", "calls are filtered from then on");
    rows.refused("process_vm_writev", "memory of any process is written, possibly its own");
    rows.refused("process_madvise", "pages of any process are thrown away, possibly its own");
    rows.refused("remap_file_pages", "pages of a mapping are put in another order");
    rows.refused("memfd_secret", "memory that nobody else can read");
    rows.refused("map_shadow_stack", "a shadow stack is not replayed");
    rows.refused("modify_ldt", "segments of its own");
    rows.refused("iopl ioperm", "input and output past the kernel");
    rows.refused("uprobe uretprobe", "the kernel makes this call in place of a probe");
    rows.refused("kexec_load kexec_file_load reboot", "the system ends");
    rows.refused("init_module finit_module delete_module", "the kernel itself is changed");
    rows.refused("riscv_hwprobe riscv_flush_icache", "no recordings are made on riscv64");
    rows.refused("uselib", "a library is mapped, and no argument says where");
    rows.refused("_sysctl", "what it writes depends on a name; no kernel since 5.5 has it");

    // ENOSYS is all that they do, in any kernel that is still in use.
    rows.nothing(
        """
        create_module get_kernel_syms query_module nfsservctl getpmsg putpmsg afs_syscall tuxcall
        security vserver epoll_ctl_old epoll_wait_old set_thread_area get_thread_area
        """);
  }
}
