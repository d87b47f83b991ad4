#include "../../CMPI/mpi_calls.h"

/* Those of MPICH. */
const struct nnd_mpi_calls *nnd_mpich_calls(void);
