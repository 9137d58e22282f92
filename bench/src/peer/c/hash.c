/* Hashes of 80-byte headers a second with OpenSSL: hash sha256d|scrypt THREADS SECONDS, or hash sha256d|scrypt HEADER. */
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int scrypt;
static double seconds;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void hash(const unsigned char *header, unsigned char *to) {
  if (scrypt) {
    EVP_PBE_scrypt((const char *)header, 80, header, 80, 1024, 1, 1, 64 << 20, to, 32);
    return;
  }
  /* SHA256_Init and its like are the fast way in; EVP looks its algorithm up every time. */
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, header, 80);
  SHA256_Final(to, &context);
  SHA256_Init(&context);
  SHA256_Update(&context, to, 32);
  SHA256_Final(to, &context);
}

static void *work(void *result) {
  unsigned char header[80] = {0};
  unsigned char to[32];
  double end = now() + seconds;
  unsigned nonce = 0;
  int batch = scrypt ? 10 : 10000;
  while (now() < end) {
    for (int i = 0; i < batch; i++) {
      nonce++;
      memcpy(header + 76, &nonce, 4);
      hash(header, to);
    }
  }
  *(double *)result = nonce;
  return NULL;
}

int main(int count, char **arguments) {
  scrypt = count > 1 && strcmp(arguments[1], "scrypt") == 0;
  if (count == 3 && strlen(arguments[2]) == 160) {
    unsigned char header[80];
    unsigned char to[32];
    for (int i = 0; i < 80; i++) {
      sscanf(arguments[2] + 2 * i, "%2hhx", header + i);
    }
    hash(header, to);
    for (int i = 0; i < 32; i++) {
      printf("%02x", to[i]);
    }
    printf("\n");
    return 0;
  }
  int threads = count == 4 ? atoi(arguments[2]) : 0;
  if (threads < 1 || threads > 256) {
    return 2;
  }
  seconds = atof(arguments[3]);
  pthread_t ids[256];
  double done[256];
  double start = now();
  for (int i = 0; i < threads; i++) {
    pthread_create(ids + i, NULL, work, done + i);
  }
  double sum = 0;
  for (int i = 0; i < threads; i++) {
    pthread_join(ids[i], NULL);
    sum += done[i];
  }
  printf("%.0f\n", sum / (now() - start));
  return 0;
}
