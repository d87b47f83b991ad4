#include "CMPICH.h"

#define NND_MPI_CALLS nnd_mpich_calls
#include "../CMPI/mpi_calls.c.h"
