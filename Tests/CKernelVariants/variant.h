/* The kernels of CKernels once more, compiled for the one instruction set that INSTRUCTION_SET says, under names of
   their own, and a table of them called VARIANT. */

#include "CKernelVariants.h"

#define FOR_EACH_CPU INSTRUCTION_SET

#define nnd_exp NAMED(nnd_exp)
#define nnd_tanh NAMED(nnd_tanh)
#define nnd_sigmoid NAMED(nnd_sigmoid)
#define nnd_log NAMED(nnd_log)
#define nnd_log1p NAMED(nnd_log1p)
#define nnd_erf NAMED(nnd_erf)
#define nnd_gelu NAMED(nnd_gelu)
#define nnd_gelu_tanh NAMED(nnd_gelu_tanh)
#define nnd_silu NAMED(nnd_silu)
#define nnd_softplus NAMED(nnd_softplus)
#define nnd_elu NAMED(nnd_elu)
#define nnd_tanh_gradient NAMED(nnd_tanh_gradient)
#define nnd_sigmoid_gradient NAMED(nnd_sigmoid_gradient)
#define nnd_gelu_gradient NAMED(nnd_gelu_gradient)
#define nnd_gelu_tanh_gradient NAMED(nnd_gelu_tanh_gradient)
#define nnd_silu_gradient NAMED(nnd_silu_gradient)
#define nnd_softplus_gradient NAMED(nnd_softplus_gradient)
#define nnd_elu_gradient NAMED(nnd_elu_gradient)
#define nnd_sum NAMED(nnd_sum)
#define nnd_sum_of_squared_distances NAMED(nnd_sum_of_squared_distances)
#define nnd_sum_rows NAMED(nnd_sum_rows)
#define nnd_mean_of_rows NAMED(nnd_mean_of_rows)
#define nnd_sum_by_index NAMED(nnd_sum_by_index)
#define nnd_rows_with_largest_at NAMED(nnd_rows_with_largest_at)
#define nnd_exponentials NAMED(nnd_exponentials)
#define nnd_softmax NAMED(nnd_softmax)
#define nnd_softmax_gradient NAMED(nnd_softmax_gradient)
#define nnd_softmax_cross_entropy NAMED(nnd_softmax_cross_entropy)
#define nnd_softmax_cross_entropy_gradient NAMED(nnd_softmax_cross_entropy_gradient)
#define nnd_soft_cross_entropy NAMED(nnd_soft_cross_entropy)
#define nnd_soft_cross_entropy_gradient NAMED(nnd_soft_cross_entropy_gradient)
#define nnd_lstm NAMED(nnd_lstm)
#define nnd_lstm_gradient NAMED(nnd_lstm_gradient)
#define nnd_gru NAMED(nnd_gru)
#define nnd_gru_gradient NAMED(nnd_gru_gradient)
#define nnd_group_sums NAMED(nnd_group_sums)
#define nnd_group_products NAMED(nnd_group_products)
#define nnd_group_affine NAMED(nnd_group_affine)
#define nnd_batch_norm NAMED(nnd_batch_norm)
#define nnd_batch_norm_gradient NAMED(nnd_batch_norm_gradient)
#define nnd_row_norm NAMED(nnd_row_norm)
#define nnd_row_norm_gradient NAMED(nnd_row_norm_gradient)
#define nnd_row_norm_scale_gradient NAMED(nnd_row_norm_scale_gradient)
#define nnd_dropout_mask NAMED(nnd_dropout_mask)

#include "../../Sources/CKernels/activations.c"
#include "../../Sources/CKernels/dropout.c"
#include "../../Sources/CKernels/gates.c"
#include "../../Sources/CKernels/norms.c"
#include "../../Sources/CKernels/reductions.c"
#include "../../Sources/CKernels/row_norms.c"
#include "../../Sources/CKernels/softmax.c"

#define DEFINED(name) .name = nnd_##name,
const struct nnd_variant VARIANT = {EACH_KERNEL(DEFINED)};
