// Which of some bytes are a certain one, a bit for each: what every machine does in an instruction or two and Swift has
// no word for. Header only, so that the calls are compiled into the loops that use them. The last variant of each is
// the plain meaning of the others.
#pragma once
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint32_t vector_equal16(const void *at, uint8_t byte) {
  __m128i bytes = _mm_loadu_si128((const __m128i *)at);
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte)));
}

// Bytes that are decimal digits.
static inline uint32_t vector_digits16(const void *at) {
  __m128i values = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)at), _mm_set1_epi8('0'));
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values));
}

// Bytes with which an encoding or a macro of a URL begins: percent, plus, bracket, brace.
static inline uint32_t vector_coded16(const void *at) {
  __m128i bytes = _mm_loadu_si128((const __m128i *)at);
  // The bracket becomes the brace when bit 5 is set.
  __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  __m128i found = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('%')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('+'))),
      _mm_cmpeq_epi8(folded, _mm_set1_epi8('{')));
  return (uint32_t)_mm_movemask_epi8(found);
}

#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>

static inline uint32_t vector_bits(uint8x16_t mask) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t bits = vandq_u8(mask, vld1q_u8(weights));
  return (uint32_t)vaddv_u8(vget_low_u8(bits)) | (uint32_t)vaddv_u8(vget_high_u8(bits)) << 8;
}

static inline uint32_t vector_equal16(const void *at, uint8_t byte) {
  return vector_bits(vceqq_u8(vld1q_u8((const uint8_t *)at), vdupq_n_u8(byte)));
}

static inline uint32_t vector_digits16(const void *at) {
  return vector_bits(vcleq_u8(vsubq_u8(vld1q_u8((const uint8_t *)at), vdupq_n_u8('0')), vdupq_n_u8(9)));
}

static inline uint32_t vector_coded16(const void *at) {
  uint8x16_t bytes = vld1q_u8((const uint8_t *)at);
  uint8x16_t folded = vorrq_u8(bytes, vdupq_n_u8(0x20));
  return vector_bits(vorrq_u8(vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('%')), vceqq_u8(bytes, vdupq_n_u8('+'))),
                              vceqq_u8(folded, vdupq_n_u8('{'))));
}

#else

static inline uint32_t vector_equal16(const void *at, uint8_t byte) {
  uint32_t bits = 0;
  for (int index = 0; index < 16; index++) bits |= (uint32_t)(((const uint8_t *)at)[index] == byte) << index;
  return bits;
}

static inline uint32_t vector_digits16(const void *at) {
  uint32_t bits = 0;
  for (int index = 0; index < 16; index++) bits |= (uint32_t)((uint8_t)(((const uint8_t *)at)[index] - '0') <= 9) << index;
  return bits;
}

static inline uint32_t vector_coded16(const void *at) {
  uint32_t bits = 0;
  for (int index = 0; index < 16; index++) {
    uint8_t byte = ((const uint8_t *)at)[index];
    bits |= (uint32_t)(byte == '%' || byte == '+' || (byte | 0x20) == '{') << index;
  }
  return bits;
}

#endif

// The same for 64 bytes.
static inline uint64_t vector_equal64(const void *at, uint8_t byte) {
  const uint8_t *bytes = (const uint8_t *)at;
  return (uint64_t)vector_equal16(bytes, byte) | (uint64_t)vector_equal16(bytes + 16, byte) << 16 |
         (uint64_t)vector_equal16(bytes + 32, byte) << 32 | (uint64_t)vector_equal16(bytes + 48, byte) << 48;
}

// Whether any of 64 bytes is a certain one.
static inline int vector_has64(const void *at, uint8_t byte) {
#if defined(__SSE2__)
  const __m128i *bytes = (const __m128i *)at;
  __m128i wanted = _mm_set1_epi8((char)byte);
  __m128i low = _mm_or_si128(_mm_cmpeq_epi8(_mm_loadu_si128(bytes), wanted),
                             _mm_cmpeq_epi8(_mm_loadu_si128(bytes + 1), wanted));
  __m128i high = _mm_or_si128(_mm_cmpeq_epi8(_mm_loadu_si128(bytes + 2), wanted),
                              _mm_cmpeq_epi8(_mm_loadu_si128(bytes + 3), wanted));
  return _mm_movemask_epi8(_mm_or_si128(low, high)) != 0;
#else
  return vector_equal64(at, byte) != 0;
#endif
}

static inline uint64_t vector_coded64(const void *at) {
  const uint8_t *bytes = (const uint8_t *)at;
  return (uint64_t)vector_coded16(bytes) | (uint64_t)vector_coded16(bytes + 16) << 16 |
         (uint64_t)vector_coded16(bytes + 32) << 32 | (uint64_t)vector_coded16(bytes + 48) << 48;
}

// Fetches what lies at a place for writing; any place will do.
static inline void vector_prepare(const void *at) { __builtin_prefetch(at, 1, 2); }
