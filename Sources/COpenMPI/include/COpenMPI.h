#include "../../CMPI/mpi_calls.h"

/* Those of Open MPI. */
const struct nnd_mpi_calls *nnd_openmpi_calls(void);
