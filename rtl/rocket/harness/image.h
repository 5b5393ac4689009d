/* Loading of an image. */
#ifndef THAW_ROCKET_IMAGE_H
#define THAW_ROCKET_IMAGE_H

namespace image {

/* Puts the segments of an ELF file into RAM, by their physical addresses. Throws
 * std::runtime_error, in words, if it is no ELF for this machine. */
void load(const char *path);

} // namespace image

#endif
