#include "CKernelVariants.h"

#include <stddef.h>

extern const struct nnd_variant nnd_variant_baseline;
#if defined(__x86_64__)
extern const struct nnd_variant nnd_variant_v4, nnd_variant_v3;
#endif

const struct nnd_variant *nnd_variant(int level) {
    if (level == 0) return &nnd_variant_baseline;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (level == 4 && __builtin_cpu_supports("x86-64-v4")) return &nnd_variant_v4;
    if (level == 3 && __builtin_cpu_supports("x86-64-v3")) return &nnd_variant_v3;
#endif
    return NULL;
}
