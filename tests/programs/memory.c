/* Makes and changes mappings at random and looks after each change whether every
 * page holds what it should: what was written, or zeros. Prints "memory ok" and
 * exits with 0, or exits with the number of what went wrong.
 *
 * On entry: the stack pointer in writable memory.
 */
typedef unsigned long u64;

#if defined(__x86_64__)
enum { WRITE = 1, MMAP = 9, MPROTECT = 10, MUNMAP = 11, BRK = 12, MREMAP = 25, MADVISE = 28, EXIT = 231 };
static u64 call(u64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
	register u64 r10 __asm__("r10") = d;
	register u64 r8 __asm__("r8") = e;
	register u64 r9 __asm__("r9") = f;
	u64 result;
	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}
__asm__(".globl _start\n_start: andq $-16, %rsp\n call run\n");
#else
enum { WRITE = 64, MMAP = 222, MPROTECT = 226, MUNMAP = 215, BRK = 214, MREMAP = 216, MADVISE = 233, EXIT = 94 };
#if defined(__riscv)
static u64 call(u64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
	register u64 a7 __asm__("a7") = number;
	register u64 a0 __asm__("a0") = a;
	register u64 a1 __asm__("a1") = b;
	register u64 a2 __asm__("a2") = c;
	register u64 a3 __asm__("a3") = d;
	register u64 a4 __asm__("a4") = e;
	register u64 a5 __asm__("a5") = f;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
	return a0;
}
__asm__(".globl _start\n_start: andi sp, sp, -16\n j run\n");
#else
static u64 call(u64 number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
	register u64 x8 __asm__("x8") = number;
	register u64 x0 __asm__("x0") = a;
	register u64 x1 __asm__("x1") = b;
	register u64 x2 __asm__("x2") = c;
	register u64 x3 __asm__("x3") = d;
	register u64 x4 __asm__("x4") = e;
	register u64 x5 __asm__("x5") = f;
	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}
__asm__(".globl _start\n_start: b run\n");
#endif
#endif

#define PAGE 4096ul
#define SLOTS 12
#define MOST_PAGES 24
#define FIXED 0x3000000000ul

struct slot {
	u64 start, pages, tags[MOST_PAGES];
};

static u64 state = 88172645463325252ul;
static u64 next_random(u64 limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 11) % limit;
}

static void die(u64 status) { call(EXIT, status, 0, 0, 0, 0, 0); }
static volatile u64 *word(u64 start, u64 page) { return (volatile u64 *)(start + page * PAGE + 8 * (page % 512)); }

static void check(const struct slot *s)
{
	for (u64 i = 0; i < s->pages; i++)
		if (*word(s->start, i) != s->tags[i])
			die(10);
}

static void tag(struct slot *s)
{
	u64 i = next_random(s->pages);
	*word(s->start, i) = s->tags[i] = next_random(~0ul >> 12) + 1;
}

static void forget(struct slot *s, u64 from, u64 to)
{
	for (u64 i = from; i < to; i++)
		s->tags[i] = 0;
}

static u64 map(u64 at, u64 pages, u64 flags)
{
	u64 start = call(MMAP, at, pages * PAGE, 3, 0x22 | flags, -1ul, 0);
	if (start & (PAGE - 1) || !start)
		die(11);
	return start;
}

static void step(struct slot *s)
{
	u64 pages, start;

	if (!s->pages) {
		s->pages = 1 + next_random(MOST_PAGES);
		s->start = map(0, s->pages, 0);
		forget(s, 0, s->pages);
	}
	tag(s);
	switch (next_random(8)) {
	case 0: /* away, and zeros in the same place */
		if (call(MUNMAP, s->start, s->pages * PAGE, 0, 0, 0, 0) || map(s->start, s->pages, 0x100000) != s->start)
			die(12);
		forget(s, 0, s->pages);
		break;
	case 1: /* zeros over it */
		if (map(s->start, s->pages, 0x10) != s->start)
			die(13);
		forget(s, 0, s->pages);
		break;
	case 2:
		if (call(MADVISE, s->start, s->pages * PAGE, 4, 0, 0, 0))
			die(14);
		forget(s, 0, s->pages);
		break;
	case 3: /* away and back: rights */
		if (call(MPROTECT, s->start, s->pages * PAGE, 0, 0, 0, 0)
		    || call(MPROTECT, s->start, s->pages * PAGE, 1, 0, 0, 0))
			die(15);
		check(s);
		if (call(MPROTECT, s->start, s->pages * PAGE, 3, 0, 0, 0))
			die(16);
		break;
	case 4: /* to another size, in place or not; what was there before is zeros again */
		pages = 1 + next_random(MOST_PAGES);
		start = call(MREMAP, s->start, s->pages * PAGE, pages * PAGE, 1, 0, 0);
		if (start & (PAGE - 1))
			die(17);
		if (start != s->start) {
			u64 old = map(s->start, s->pages, 0x100000);
			for (u64 i = 0; i < s->pages; i++)
				if (*word(old, i))
					die(18);
			call(MUNMAP, old, s->pages * PAGE, 0, 0, 0, 0);
		}
		if (pages > s->pages)
			forget(s, s->pages, pages);
		s->start = start;
		s->pages = pages;
		break;
	case 5: /* to a place of its own */
		start = FIXED + next_random(64) * MOST_PAGES * PAGE * 2;
		for (u64 other = 0; other < 1; other++)
			if (call(MMAP, start, s->pages * PAGE, 0, 0x100022, -1ul, 0) != start)
				return;
		if (call(MREMAP, s->start, s->pages * PAGE, s->pages * PAGE, 3, start, 0) != start)
			die(19);
		s->start = start;
		break;
	case 6:
		if (call(MUNMAP, s->start, s->pages * PAGE, 0, 0, 0, 0))
			die(20);
		s->pages = 0;
		break;
	}
}

__attribute__((used)) void run(void)
{
	struct slot slots[SLOTS];
	u64 heap = call(BRK, 0, 0, 0, 0, 0, 0);

	for (u64 i = 0; i < SLOTS; i++)
		slots[i].pages = 0;
	/* Where the stub's boot page may be. */
	for (u64 at = 0x200000; at <= 0x80200000; at += 0x80000000) {
		map(at, 64, 0x100000);
		for (u64 i = 0; i < 64; i++) {
			if (*word(at, i))
				die(30);
			*word(at, i) = i + 1;
		}
		for (u64 i = 0; i < 64; i++)
			if (*word(at, i) != i + 1)
				die(31);
		if (call(MUNMAP, at, 64 * PAGE, 0, 0, 0, 0))
			die(32);
	}
	for (u64 i = 0; i < 20000; i++) {
		struct slot *s = &slots[next_random(SLOTS)];
		step(s);
		check(&slots[next_random(SLOTS)]);
		if (i % 16 == 0) {
			u64 size = next_random(40 * PAGE);
			if (call(BRK, heap, 0, 0, 0, 0, 0) != heap || call(BRK, heap + size, 0, 0, 0, 0, 0) != heap + size)
				die(33);
			for (u64 at = heap; at + 8 <= heap + size; at += PAGE) {
				if (*(volatile u64 *)at)
					die(34);
				*(volatile u64 *)at = at;
			}
		}
	}
	for (u64 i = 0; i < SLOTS; i++)
		check(&slots[i]);
	call(WRITE, 1, (u64) "memory ok\n", 10, 0, 0, 0);
	die(0);
}
