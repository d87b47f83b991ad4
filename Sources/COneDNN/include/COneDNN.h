#ifndef COneDNN_h
#define COneDNN_h

#include <stdint.h>

/// The calls of oneDNN that this project makes. oneDNN 2.x and 3.x differ elsewhere in their C API, so
/// nothing outside this target includes a header of oneDNN's.

/// Row-major C = alpha * op(A) * op(B) + beta * C, with op(A) m x k, op(B) k x n, C m x n.
/// A transposed operand is stored [k, m] or [n, k]. Returns 0, or oneDNN's status.
int nnd_sgemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k,
              float alpha, const float *a, int64_t lda, const float *b, int64_t ldb,
              float beta, float *c, int64_t ldc);

/// Makes oneDNN compute on the calling thread alone. oneDNN as Debian builds it runs on OpenMP, and
/// without this each calling thread would start a team of its own. Lasts for the thread's life.
void nnd_use_one_thread(void);

/// The highest instruction set that oneDNN uses on this machine, as its `dnnl_cpu_isa_t`. It is part of what the
/// bits of a result depend on, and so is oneDNN's version.
unsigned nnd_instruction_set(void);

/// Has oneDNN use AVX2 and nothing newer from now on. Returns 0, or oneDNN's status: when it has computed already, and on
/// other processors than x86-64.
int nnd_use_avx2(void);

void nnd_onednn_version(int *major, int *minor, int *patch);

#endif
