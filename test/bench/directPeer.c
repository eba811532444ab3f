/* Peers written in C: the full loop over ordered pairs of kernel (4), and what this core can do at best.
   gcc -O3 -march=native -ffast-math -shared -fPIC -o directPeer.so directPeer.c -lm */
#include <math.h>
#include <stdint.h>

#define FULL_LOOP(NAME, T)                                                                     \
  void NAME(int64_t n, const T *x, const T *y, const T *z, T rc2, T w, T *fx, T *fy, T *fz) {  \
    for (int64_t i = 0; i < n; i++) {                                                          \
      T xi = x[i], yi = y[i], zi = z[i], ax = 0, ay = 0, az = 0;                               \
      for (int64_t j = 0; j < n; j++) {                                                        \
        T dx = xi - x[j], dy = yi - y[j], dz = zi - z[j];                                      \
        T r2 = dx * dx + dy * dy + dz * dz;                                                    \
        r2 = r2 > rc2 ? r2 : rc2;                                                              \
        T s = 1 / (r2 * (sizeof(T) == 8 ? (T)sqrt(r2) : (T)sqrtf(r2)));                        \
        ax += dx * s; ay += dy * s; az += dz * s;                                              \
      }                                                                                        \
      fx[i] = w * ax; fy[i] = w * ay; fz[i] = w * az;                                          \
    }                                                                                          \
  }
FULL_LOOP(direct_f64, double)
FULL_LOOP(direct_f32, float)

/* The limits. 128-bit vectors, which is what WebAssembly's SIMD has; independent chains, so that throughput counts. */
typedef double v2 __attribute__((vector_size(16)));
typedef float v4 __attribute__((vector_size(16)));

/* n rounds of 8 square roots and 8 divisions of f64x2: the pair's unavoidable work, 16 pairs a round. */
#include <immintrin.h>
double limit_f64(int64_t n) {
  __m128d a[8];
  for (int k = 0; k < 8; k++) a[k] = _mm_set1_pd(1.5 + k);
  const __m128d c = _mm_set1_pd(1.25);
  for (int64_t i = 0; i < n; i++)
    for (int k = 0; k < 8; k++) a[k] = _mm_div_pd(c, _mm_sqrt_pd(a[k]));
  double s = 0, b[2];
  for (int k = 0; k < 8; k++) { _mm_storeu_pd(b, a[k]); s += b[0] + b[1]; }
  return s;
}
/* The same in f32x4: 32 pairs a round. */
double limit_f32(int64_t n) {
  __m128 a[8];
  for (int k = 0; k < 8; k++) a[k] = _mm_set1_ps(1.5f + k);
  const __m128 c = _mm_set1_ps(1.25f);
  for (int64_t i = 0; i < n; i++)
    for (int k = 0; k < 8; k++) a[k] = _mm_div_ps(c, _mm_sqrt_ps(a[k]));
  float b[4];
  double s = 0;
  for (int k = 0; k < 8; k++) { _mm_storeu_ps(b, a[k]); s += b[0] + b[1] + b[2] + b[3]; }
  return s;
}
/* a = b + 2 c over n doubles: 24 bytes moved an element. */
void triad(int64_t n, double *a, const double *b, const double *c) {
  for (int64_t i = 0; i < n; i++) a[i] = b[i] + 2 * c[i];
}
