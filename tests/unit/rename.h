/*
 * Gives the kernel's string and printf functions other names, so that they can be linked
 * beside the host's, which the sanitizers and the comparisons need. Included before everything
 * else, in the source under test and in its test.
 */
#define memcpy kernel_memcpy
#define memmove kernel_memmove
#define memset kernel_memset
#define memcmp kernel_memcmp
#define memchr kernel_memchr
#define strlen kernel_strlen
#define strnlen kernel_strnlen
#define strcpy kernel_strcpy
#define strncpy kernel_strncpy
#define strcat kernel_strcat
#define strncat kernel_strncat
#define strlcpy kernel_strlcpy
#define strlcat kernel_strlcat
#define strcmp kernel_strcmp
#define strncmp kernel_strncmp
#define strcasecmp kernel_strcasecmp
#define strncasecmp kernel_strncasecmp
#define strchr kernel_strchr
#define strrchr kernel_strrchr
#define strstr kernel_strstr
#define strpbrk kernel_strpbrk
#define strspn kernel_strspn
#define strcspn kernel_strcspn
#define strsep kernel_strsep
#define strtok_r kernel_strtok_r
#define sprintf kernel_sprintf
#define snprintf kernel_snprintf
#define vsnprintf kernel_vsnprintf
