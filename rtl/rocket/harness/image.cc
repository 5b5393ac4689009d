/* Loads an ELF64 of RISC-V. The file may come from anywhere: no field is used before it
 * has been checked.
 *
 * State: none.
 */
#include "image.h"

#include "memory.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace image {

constexpr unsigned MOST_SEGMENTS = 4096;

[[noreturn]] static void refuse(const std::string &what, uint64_t found, const char *acceptable)
{
	char text[256];

	snprintf(text, sizeof text, "%s: found 0x%llx, acceptable: %s", what.c_str(),
		static_cast<unsigned long long>(found), acceptable);
	throw std::runtime_error(text);
}

class File {
public:
	explicit File(const char *path) : fd(open(path, O_RDONLY | O_CLOEXEC))
	{
		struct stat facts;
		if (fd < 0)
			throw std::runtime_error(std::string("cannot be opened: ") + strerror(errno));
		if (fstat(fd, &facts) < 0 || !S_ISREG(facts.st_mode))
			throw std::runtime_error("is no regular file");
		size = static_cast<uint64_t>(facts.st_size);
	}
	~File()
	{
		if (fd >= 0)
			close(fd);
	}
	File(const File &) = delete;

	void read(void *target, uint64_t size_bytes, uint64_t offset) const
	{
		auto *next = static_cast<char *>(target);
		while (size_bytes) {
			ssize_t got = pread(fd, next, std::min<uint64_t>(size_bytes, 1 << 30),
				static_cast<off_t>(offset));
			if (got <= 0)
				throw std::runtime_error(got ? strerror(errno) : "is cut off");
			next += got;
			offset += static_cast<uint64_t>(got);
			size_bytes -= static_cast<uint64_t>(got);
		}
	}

	bool has(uint64_t offset, uint64_t size_bytes) const
	{
		return offset <= size && size_bytes <= size - offset;
	}

private:
	int fd;
	uint64_t size = 0;
};

static Elf64_Ehdr header(const File &file)
{
	Elf64_Ehdr header;

	if (!file.has(0, sizeof header))
		throw std::runtime_error("is too short for an ELF file");
	file.read(&header, sizeof header, 0);
	if (memcmp(header.e_ident, ELFMAG, SELFMAG) || header.e_ident[EI_CLASS] != ELFCLASS64
		|| header.e_ident[EI_DATA] != ELFDATA2LSB)
		throw std::runtime_error("is no 64-bit little-endian ELF file");
	if (header.e_machine != EM_RISCV)
		refuse("e_machine", header.e_machine, "0xf3 (RISC-V)");
	if (header.e_entry != memory::START_PADDR)
		refuse("e_entry", header.e_entry, "0x80000000, where the boot ROM jumps to");
	if (header.e_phentsize != sizeof(Elf64_Phdr))
		refuse("e_phentsize", header.e_phentsize, "0x38");
	if (header.e_phnum < 1 || header.e_phnum > MOST_SEGMENTS)
		refuse("e_phnum", header.e_phnum, "1 to 0x1000");
	if (!file.has(header.e_phoff, header.e_phnum * sizeof(Elf64_Phdr)))
		refuse("e_phoff", header.e_phoff, "program headers inside of the file");
	return header;
}

static void check(const File &file, const Elf64_Phdr &segment, unsigned index)
{
	std::string record = "program header " + std::to_string(index) + ", ";

	if (segment.p_filesz > segment.p_memsz)
		refuse(record + "p_filesz", segment.p_filesz, "not above p_memsz");
	if (!file.has(segment.p_offset, segment.p_filesz))
		refuse(record + "p_offset", segment.p_offset, "bytes inside of the file");
	if (segment.p_memsz > memory::SIZE_BYTES)
		refuse(record + "p_memsz", segment.p_memsz, "not above 0x40000000, the size of RAM");
	if (segment.p_paddr < memory::START_PADDR
		|| segment.p_paddr > memory::END_PADDR - segment.p_memsz)
		refuse(record + "p_paddr", segment.p_paddr, "RAM, 0x80000000 to 0xc0000000");
}

void load(const char *path)
{
	File file(path);
	Elf64_Ehdr elf = header(file);
	std::vector<Elf64_Phdr> segments(elf.e_phnum);

	file.read(segments.data(), segments.size() * sizeof segments[0], elf.e_phoff);
	for (unsigned i = 0; i < segments.size(); i++)
		if (segments[i].p_type == PT_LOAD)
			check(file, segments[i], i);
	segments.erase(std::remove_if(segments.begin(), segments.end(),
			[](const Elf64_Phdr &s) { return s.p_type != PT_LOAD || !s.p_memsz; }),
		segments.end());
	std::sort(segments.begin(), segments.end(),
		[](const Elf64_Phdr &a, const Elf64_Phdr &b) { return a.p_paddr < b.p_paddr; });
	for (unsigned i = 1; i < segments.size(); i++)
		if (segments[i].p_paddr - segments[i - 1].p_paddr < segments[i - 1].p_memsz)
			refuse("p_paddr", segments[i].p_paddr, "segments that do not overlap");
	if (segments.empty() || segments[0].p_paddr != memory::START_PADDR)
		throw std::runtime_error("has no segment at 0x80000000, where its entry is");
	for (const Elf64_Phdr &segment : segments)
		file.read(memory::load_area(segment.p_paddr, segment.p_memsz), segment.p_filesz,
			segment.p_offset);
}

} // namespace image
