#include "CKernels.h"
#include "for_each_cpu.h"
#include "functions.h"

#include <stddef.h>

/* Eight words of 32 bits, each in the low half of a lane of 64; what is in the high half does not count. So the product
   of two words, which has 64 bits, needs no widening and no narrowing. */
typedef uint64_t words8 __attribute__((vector_size(64)));
typedef uint32_t words16 __attribute__((vector_size(64)));
typedef float float16 __attribute__((vector_size(64)));

enum { BLOCKS = 8 };

/* Ten rounds of Philox 4x32 for eight blocks (Salmon et al. 2011, doi:10.1145/2063384.2063405). */
INLINE void philox_blocks(words8 words[4], uint32_t key0, uint32_t key1) {
    for (int round = 0; round < 10; round++) {
        words8 a = (words[0] & 0xFFFFFFFFu) * 0xD2511F53u;
        words8 b = (words[2] & 0xFFFFFFFFu) * 0xCD9E8D57u;
        words[0] = (b >> 32) ^ words[1] ^ key0;
        words[2] = (a >> 32) ^ words[3] ^ key1;
        words[1] = b;
        words[3] = a;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
}

/* mask = word < dropped_below ? 0 : kept, for sixteen words that lie two by two in lanes. */
INLINE void store_mask(float *mask, const words8 *pairs, uint32_t dropped_below, float kept) {
    words16 words = (words16)*pairs;
    float lanes[16];
    for (int i = 0; i < 16; i++) lanes[i] = words[i] < dropped_below ? 0 : kept;
    memcpy(mask, lanes, sizeof lanes);
}

/* The mask for the words of eight blocks, one block after another. */
INLINE void mask_of_blocks(float mask[4 * BLOCKS], struct nnd_philox_place place, uint64_t block,
                           uint32_t dropped_below, float kept) {
    const words8 numbers = {0, 1, 2, 3, 4, 5, 6, 7};
    words8 counter = numbers + block;
    words8 words[4] = {counter, (words8){0} + place.stream, (words8){0} + place.purpose, counter >> 32};
    philox_blocks(words, place.key0, place.key1);
    words8 first = (words[0] & 0xFFFFFFFFu) | (words[1] << 32);
    words8 second = (words[2] & 0xFFFFFFFFu) | (words[3] << 32);
    words8 low = __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
    words8 high = __builtin_shufflevector(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
    store_mask(mask, &low, dropped_below, kept);
    store_mask(mask + 16, &high, dropped_below, kept);
}

FOR_EACH_CPU void nnd_dropout_mask(float *restrict mask, struct nnd_philox_place place, uint32_t dropped_below,
                                   float kept, uint64_t first, size_t count) {
    uint64_t block = first / 4;
    size_t skip = first % 4, done = 0;
    while (done < count) {
        if (skip == 0 && count - done >= 4 * BLOCKS) {
            mask_of_blocks(mask + done, place, block, dropped_below, kept);
            done += 4 * BLOCKS;
        } else {
            float out[4 * BLOCKS];
            mask_of_blocks(out, place, block, dropped_below, kept);
            size_t some = 4 * BLOCKS - skip < count - done ? 4 * BLOCKS - skip : count - done;
            memcpy(mask + done, out + skip, some * sizeof *out);
            done += some;
            skip = 0;
        }
        block += BLOCKS;
    }
}
