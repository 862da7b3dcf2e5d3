/* Preloaded into a process: every connection to an internet address is written down and refused. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

static int refused(const struct sockaddr *address) {
    char text[INET6_ADDRSTRLEN] = "?";
    FILE *ledger;
    if (address == NULL || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
        return 0;
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, text, sizeof text);
    else
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, text, sizeof text);
    ledger = fopen(getenv("CONNECTION_LEDGER"), "a");
    if (ledger) {
        fprintf(ledger, "%s\n", text);
        fclose(ledger);
    }
    errno = ECONNREFUSED;
    return 1;
}

int connect(int socket, const struct sockaddr *address, socklen_t length) {
    int (*real)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "connect");
    return refused(address) ? -1 : real(socket, address, length);
}

ssize_t sendto(int socket, const void *data, size_t size, int flags, const struct sockaddr *address, socklen_t length) {
    ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "sendto");
    return refused(address) ? -1 : real(socket, data, size, flags, address, length);
}
