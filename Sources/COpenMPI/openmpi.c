#include <stdlib.h>

#include "COpenMPI.h"

/*
 * Over TCP, send long messages in fragments. Otherwise Open MPI hands a long message to the system at once, and its word that
 * the other side may begin with its own waits behind it in the same connection: of two ranks that exchange long messages one
 * sends after the other, and the exchange takes twice as long. Whoever sets it himself is asked first.
 */
static void nnd_openmpi_settings(void) { setenv("OMPI_MCA_btl_tcp_flags", "1", 0); }

#define NND_MPI_SETTINGS nnd_openmpi_settings
#define NND_MPI_CALLS nnd_openmpi_calls
#include "../CMPI/mpi_calls.c.h"
