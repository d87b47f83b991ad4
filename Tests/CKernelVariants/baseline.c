#define INSTRUCTION_SET
#define NAMED(name) name##_baseline
#define VARIANT nnd_variant_baseline
#include "variant.h"
