/* What the plugin uses of QEMU's plugin interface, version 1 (QEMU 4.2 to 8.x;
 * docs/devel/tcg-plugins.rst), and of the libc of the process that loads it.
 * Declared here because the plugin is cross-compiled without any headers.
 */
#ifndef THAW_QEMU_PLUGIN_H
#define THAW_QEMU_PLUGIN_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef __SIZE_TYPE__ size_t;

#define QEMU_PLUGIN_VERSION 1
#define QEMU_PLUGIN_EXPORT __attribute__((visibility("default")))

typedef u64 qemu_plugin_id_t;
typedef u32 qemu_plugin_meminfo_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;

typedef struct {
	const char *target_name;
	struct {
		int min, cur;
	} version;
	_Bool system_emulation;
	struct {
		int smp_vcpus, max_vcpus;
	} system;
} qemu_info_t;

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS = 0 };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_RW = 3 };

typedef void qemu_plugin_tb_trans_cb(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void qemu_plugin_insn_cb(unsigned vcpu, void *userdata);
typedef void qemu_plugin_mem_cb(
	unsigned vcpu, qemu_plugin_meminfo_t info, u64 vaddr, void *userdata);
typedef void qemu_plugin_atexit_cb(qemu_plugin_id_t id, void *userdata);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, qemu_plugin_tb_trans_cb *callback);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
	qemu_plugin_insn_cb *callback, enum qemu_plugin_cb_flags flags, void *userdata);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, qemu_plugin_mem_cb *callback,
	enum qemu_plugin_cb_flags flags, enum qemu_plugin_mem_rw rw, void *userdata);
void qemu_plugin_register_atexit_cb(
	qemu_plugin_id_t id, qemu_plugin_atexit_cb *callback, void *userdata);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
unsigned qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t info);
u64 qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn);

/* libc, LP64 Linux: the numbers are the same on x86-64 and AArch64. */
#define O_RDONLY 0
#define O_WRONLY 1
#define O_CREAT 0100
#define O_TRUNC 01000
#define O_CLOEXEC 02000000
#define EINTR 4
#define PROT_READ 1
#define MAP_SHARED 1
#define MAP_FAILED ((void *)-1)

int open(const char *path, int flags, ...);
__PTRDIFF_TYPE__ write(int fd, const void *bytes, size_t size_bytes);
int close(int fd);
void *mmap(void *address, size_t size_bytes, int rights, int flags, int fd, long offset);
void *calloc(size_t count, size_t size_bytes);
int rename(const char *from, const char *to);
int snprintf(char *text, size_t size_bytes, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int dprintf(int fd, const char *format, ...) __attribute__((format(printf, 2, 3)));
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t count);
size_t strlen(const char *text);
int *__errno_location(void);
void _exit(int status) __attribute__((noreturn));

#endif
