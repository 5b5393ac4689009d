package io.thaw.linker.plan;

import io.thaw.linker.model.AddressSpace;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.platform.Device;
import io.thaw.linker.platform.Platform;

/** Fills {@code struct thaw_boot_block} of {@code boot_block.h}. */
final class BootBlock {

  /** Virtual time that passes with each reading of a clock. */
  private static final long CLOCK_TICK_NANOS = 1000;

  /** Words of a sigaction: handler, flags, restorer, mask. */
  private static final int ACTION_WORDS = 4;

  private BootBlock() {}

  static void fill(
      StubCode code,
      Checkpoint checkpoint,
      Platform platform,
      LinkOptions options,
      PteFormat format,
      PageTables tables,
      MemoryPlan memory) {
    fillMemory(code, checkpoint, format, tables, memory);
    fillIdentity(code, checkpoint.identity(), checkpoint.leader().tid());
    fillSignals(code, checkpoint.signals());
    code.putField("realtime_ns", options.realtimeNanos());
    code.putField("monotonic_ns", checkpoint.clocks().monotonicNanos());
    code.putField("boottime_ns", checkpoint.clocks().boottimeNanos());
    code.putField("clock_tick_ns", CLOCK_TICK_NANOS);
    fillDevices(code, platform);
  }

  static void fillDevices(StubCode code, Platform platform) {
    fillDevice(code, "console", platform.console());
    fillDevice(code, "report", platform.report());
  }

  private static void fillMemory(
      StubCode code,
      Checkpoint checkpoint,
      PteFormat format,
      PageTables tables,
      MemoryPlan memory) {
    AddressSpace space = checkpoint.addressSpace();
    long userEnd = format.userEndVaddr();
    MemoryPlan.Region pool = memory.region(MemoryPlan.POOL);
    code.putField("phys_to_virt", format.directMapVaddr());
    code.putField("user_root_paddr", tables.userRootPaddr());
    code.putField("table_levels", format.levels());
    code.putField("pool_paddr", pool.paddr());
    code.putField("pool_size_bytes", pool.sizeBytes());
    code.putField("page_size_bytes", checkpoint.pageSizeBytes());
    code.putField("user_end_vaddr", userEnd);
    code.putField("mmap_top_vaddr", MmapTop.of(space, userEnd, checkpoint.pageSizeBytes()));
    code.putField("vma_table_vaddr", format.directVaddr(memory.region(MemoryPlan.VMAS).paddr()));
    code.putField("vma_count", space.vmas().size());
    code.putField("vma_capacity", VmaTable.capacity(space.vmas()));
    code.putField("brk_start_vaddr", space.brkStartVaddr());
    code.putField("brk_vaddr", space.brkVaddr());
    code.putField("stack_limit_bytes", space.stackLimitBytes());
    code.putField(
        "descriptor_table_vaddr",
        format.directVaddr(memory.region(MemoryPlan.DESCRIPTORS).paddr()));
    code.putField("descriptor_count", checkpoint.descriptors().size());
  }

  private static void fillIdentity(StubCode code, ProcessIdentity identity, long tid) {
    code.putField("pid", identity.pid());
    code.putField("tid", tid);
    code.putField("parent_pid", identity.parentPid());
    code.putField("group_pid", identity.groupPid());
    code.putField("session_pid", identity.sessionPid());
    code.putField("uid", identity.uid());
    code.putField("effective_uid", identity.effectiveUid());
    code.putField("gid", identity.gid());
    code.putField("effective_gid", identity.effectiveGid());
  }

  private static void fillSignals(StubCode code, SignalState signals) {
    code.putField("blocked_mask", signals.blockedMask());
    code.putField("alternate_stack", 0, signals.alternateStack().vaddr());
    code.putField("alternate_stack", 1, signals.alternateStack().flags());
    code.putField("alternate_stack", 2, signals.alternateStack().sizeBytes());
    for (SignalState.Action action : signals.actions()) {
      int row = (action.signal() - 1) * ACTION_WORDS;
      code.putField("signal_actions", row, action.handlerVaddr());
      code.putField("signal_actions", row + 1, action.flags());
      code.putField("signal_actions", row + 2, action.restorerVaddr());
      code.putField("signal_actions", row + 3, action.mask());
    }
  }

  private static void fillDevice(StubCode code, String use, Device device) {
    code.putStruct(use, "thaw_device", "kind", code.number("DEVICE_" + device.kind().name()));
    code.putStruct(use, "thaw_device", "address", device.address());
    code.putStruct(use, "thaw_device", "width_bytes", device.widthBytes());
    code.putStruct(use, "thaw_device", "ready_address", device.ready().address());
    code.putStruct(use, "thaw_device", "ready_mask", device.ready().mask());
  }
}
