#if defined(__x86_64__)
#define INSTRUCTION_SET __attribute__((target("arch=x86-64-v3")))
#define NAMED(name) name##_v3
#define VARIANT nnd_variant_v3
#include "variant.h"
#endif
