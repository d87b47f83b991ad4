#include "COpenMPI.h"

#define NND_MPI_CALLS nnd_openmpi_calls
#include "../CMPI/mpi_calls.c.h"
