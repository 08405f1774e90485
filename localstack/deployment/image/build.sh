#!/bin/sh
# Makes a Docker image of the embedded DynamoDB and SQS servers behind LocalStack's port, which
# LocalStack's module of Testcontainers takes for LocalStack. From nothing: a shell and the C
# library of this machine (Linux with glibc), a linked Java runtime, the parts. No registry is asked.
#
#   mvn package -DskipTests -pl localstack/deployment -am
#   JAVA_HOME=<a JDK 25> localstack/deployment/image/build.sh [name]
set -eu
module=$(cd "$(dirname "$0")/.." && pwd)
image=${1:-openmonetize/one-port:local}
root=$module/target/image
home=$root/opt/om
: "${JAVA_HOME:?must name a JDK 25}"

rm -rf "$root"
mkdir -p "$root/bin" "$root/tmp" "$root/usr/local/bin" "$home/lib" "$home/classes"

"$JAVA_HOME/bin/jlink" --output "$home/jre" --strip-debug --no-header-files --no-man-pages \
  --add-modules java.se,jdk.crypto.ec,jdk.management,jdk.unsupported

# Testcontainers starts the image by sh and sleep, and its own script by bash.
cp -L "$(command -v bash)" "$root/bin/bash"
cp -L "$(command -v sleep)" "$root/bin/sleep"
ln -s bash "$root/bin/sh"
ldd "$root/bin/bash" "$root/bin/sleep" "$home/jre/bin/java" "$home/jre/lib/server/libjvm.so" |
  grep -o '/[^ :)]*' | sort -u | while read -r library; do
  case $library in
    "$root"*) ;;
    *)
      mkdir -p "$root$(dirname "$library")"
      cp -L "$library" "$root$library"
      ;;
  esac
done

for entry in "$module/target/classes" $(tr ':' ' ' <"$module/target/class-path"); do
  if [ -d "$entry" ]; then cp -r "$entry/." "$home/classes"; else cp "$entry" "$home/lib"; fi
done
parts=localstack/parts/node_modules/@dynoxide
mkdir -p "$home/$parts"
cp -r "$module/../../$parts/." "$home/$parts"

cat >"$root/usr/local/bin/docker-entrypoint.sh" <<'END'
#!/bin/bash
export OM_HOME=/opt/om
exec /opt/om/jre/bin/java -Xmx512m --sun-misc-unsafe-memory-access=allow \
  -cp '/opt/om/classes:/opt/om/lib/*' io.openmonetize.deployment.OnePortMain
END
chmod +x "$root/usr/local/bin/docker-entrypoint.sh"

tar -C "$root" -c . | docker import \
  -c 'ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]' -c 'EXPOSE 4566' - "$image"
