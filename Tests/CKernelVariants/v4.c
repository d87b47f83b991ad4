#if defined(__x86_64__)
#define INSTRUCTION_SET __attribute__((target("arch=x86-64-v4")))
#define NAMED(name) name##_v4
#define VARIANT nnd_variant_v4
#include "variant.h"
#endif
