#include "COneDNN.h"

#include <dnnl.h>

/* libgomp comes with libdnnl. Declared here because the compiler that builds this may have no omp.h. */
extern void omp_set_num_threads(int threads) __attribute__((weak));

int nnd_sgemm(int transpose_a, int transpose_b, int64_t m, int64_t n, int64_t k,
              float alpha, const float *a, int64_t lda, const float *b, int64_t ldb,
              float beta, float *c, int64_t ldc) {
    return (int)dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k,
                           alpha, a, lda, b, ldb, beta, c, ldc);
}

void nnd_use_one_thread(void) {
    if (omp_set_num_threads) omp_set_num_threads(1);
}

unsigned nnd_instruction_set(void) {
    return (unsigned)dnnl_get_effective_cpu_isa();
}

int nnd_use_avx2(void) { return (int)dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2); }

void nnd_onednn_version(int *major, int *minor, int *patch) {
    const dnnl_version_t *version = dnnl_version();
    *major = version->major;
    *minor = version->minor;
    *patch = version->patch;
}
