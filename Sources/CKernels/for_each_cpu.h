#ifndef for_each_cpu_h
#define for_each_cpu_h

/* Compiles a function for several instruction sets; the one that fits is chosen when the program starts. Tests compile
   the same functions for one instruction set after the other.

   Under the thread sanitizer there is no choice: what chooses runs before the sanitizer has begun, and would call it. */
#if defined(FOR_EACH_CPU)
#elif defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define FOR_EACH_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_CPU
#endif

#endif
