// The C library's module leaves this header out.
#include <malloc.h>
