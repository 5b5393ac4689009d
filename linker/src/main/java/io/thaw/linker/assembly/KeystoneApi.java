package io.thaw.linker.assembly;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;

/** What is used of keystone's C interface ({@code keystone/keystone.h}, API 0.9), by its names. */
interface KeystoneApi extends Library {

  boolean ks_arch_supported(int architecture);

  int ks_open(int architecture, int mode, PointerByReference engine);

  int ks_asm(
      Pointer engine,
      String source,
      long vaddr,
      PointerByReference code,
      NativeLongByReference codeBytes,
      NativeLongByReference statementCount);

  int ks_errno(Pointer engine);

  String ks_strerror(int error);

  void ks_free(Pointer code);
}
